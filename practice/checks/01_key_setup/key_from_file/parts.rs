use super::*;
use std::ffi::CString;
use std::os::unix;

/// The C library's key.
fn theirs(path: &Path, project: u8) -> i32 {
    let path = CString::new(path.as_os_str().as_bytes()).expect("no NUL in the path");
    // SAFETY: the path ends with a NUL and lives until the call is over.
    unsafe { libc::ftok(path.as_ptr(), i32::from(project)) }
}

/// Each part of your key with that of the C library's, in hexadecimal.
#[track_caller]
pub(super) fn compare(path: &Path, project: u8) {
    let yours = format!("{:08x}", key(path, project));
    let theirs = format!("{:08x}", theirs(path, project));
    let file = fs::metadata(path).expect("a file of the test's");
    let device = (unix::fs::MetadataExt::dev(&file) as i32 & 0xff) << 16;
    let uncut = i32::from(project) << 24 | device | unix::fs::MetadataExt::ino(&file) as i32;
    assert!(
        yours == theirs || yours != format!("{uncut:08x}"),
        "the inode number has more than 16 bits, and its upper bits reach into the parts beside it: \
         your key is {yours}, that of ftok {theirs}"
    );
    assert!(
        yours[..2] == theirs[..2],
        "the top byte must be the project ID and nothing else, {}, and yours is {}: is it another \
         project's, or does another part reach into it?",
        &theirs[..2],
        &yours[..2]
    );
    let swapped = yours[2..4] == theirs[6..] && yours[4..] == format!("00{}", &theirs[2..4]);
    assert!(
        yours == theirs || !swapped,
        "the device is where the inode belongs: have you changed their places? Your key is \
         {yours}, that of ftok {theirs}"
    );
    assert!(
        yours[4..] == theirs[4..],
        "the last four digits must be the low 16 bits of the inode number, {}, and yours are {}",
        &theirs[4..],
        &yours[4..]
    );
    assert!(
        yours[2..4] == theirs[2..4],
        "the third and fourth digit must be the low 8 bits of the device number, {}, and yours are {}: are they \
         missing, or does another part reach into them?",
        &theirs[2..4],
        &yours[2..4]
    );
}
