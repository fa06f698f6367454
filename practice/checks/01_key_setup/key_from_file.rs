use super::*;
use std::ffi::CString;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

/// Your key and the C library's, in hexadecimal.
fn both(path: &Path, project: u8) -> (String, String) {
    let yours = key_from_file(path, project).expect("there is a key, for there is a file");
    let c_path = CString::new(path.as_os_str().as_bytes()).expect("no NUL in the path");
    // SAFETY: the path ends with a NUL and lives until the call is over.
    let theirs = unsafe { libc::ftok(c_path.as_ptr(), i32::from(project)) };
    (format!("{yours:08x}"), format!("{theirs:08x}"))
}

#[track_caller]
fn compare(path: &Path, project: u8) {
    let (yours, theirs) = both(path, project);
    assert!(
        yours[..2] == theirs[..2],
        "the top byte is to be the project and nothing else, {}, and yours is {}: does a large inode number reach \
         into it?",
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
        "the last four digits are to be the low 16 bits of the inode number, {}, and yours are {}",
        &theirs[4..],
        &yours[4..]
    );
    assert!(
        yours[2..4] == theirs[2..4],
        "the third and fourth digit are to be the low 8 bits of the device number, {}, and yours are {}: are they \
         missing, or does a large inode number reach into them?",
        &theirs[2..4],
        &yours[2..4]
    );
}

#[test]
fn three_parts_are_where_ftok_has_them() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    for number in 0..20 {
        let file = folder.path().join(format!("mailbox-{number}"));
        fs::write(&file, "").expect("a file in it");
        compare(&file, 0x4d);
    }
}

#[test]
fn large_inode_number_is_cut() {
    // The kernel numbers files of this kind from 0xf0000000 or so.
    compare(Path::new("/proc/version"), 0x0d);
}

#[test]
fn project_tells_keys_of_one_file_apart() {
    let path = Path::new("Cargo.toml");
    let (one, other) = (both(path, 1).0, both(path, 200).0);
    assert!(
        one != other,
        "projects 1 and 200 give the same key: does the project play a part?"
    );
}

#[test]
fn text_of_the_file_plays_no_part() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let file = folder.path().join("mailbox");
    fs::write(&file, "one").expect("a file in it");
    let before = both(&file, 1).0;
    fs::write(&file, "something longer").expect("other text in the same file");
    assert!(
        before == both(&file, 1).0,
        "other text, and another key: ftok asks where the file is, not what is in it"
    );
}

#[test]
fn link_leads_to_the_file() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let (file, link) = (folder.path().join("mailbox"), folder.path().join("link"));
    fs::write(&file, "").expect("a file in it");
    symlink(&file, &link).expect("a symbolic link beside it");
    assert!(
        both(&link, 1).0 == both(&file, 1).0,
        "your key is that of the symbolic link itself: ftok follows it to the file"
    );
}

#[test]
fn missing_file_is_an_error() {
    let key = key_from_file(Path::new("no-such-file"), 1);
    assert!(
        key.as_ref().ok() != Some(&-1),
        "a file that does not exist gives the key -1, on which all programs with this mistake \
         meet: return the error"
    );
    assert!(
        key.is_err(),
        "a file that does not exist has a key with you: which error have you passed over?"
    );
}
