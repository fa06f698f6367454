use super::*;
use std::ffi::CString;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

fn ask(path: &Path, project: u8) -> nix::Result<Key> {
    let path = CString::new(path.as_os_str().as_bytes()).expect("no NUL in the path");
    mailbox_key(&path, project)
}

#[test]
fn file_that_is_there_has_its_key() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let file = folder.path().join("mailbox");
    fs::write(&file, "").expect("a file in it");
    assert_eq!(
        ask(&file, 1),
        Key::from_file(&file, 1),
        "the file is there, and your function does not give the key that ftok makes"
    );
    assert_eq!(
        ask(&file, 200),
        Key::from_file(&file, 200),
        "a project of 200 makes a negative key, and that is a good one: only -1 means failure"
    );
}

#[test]
fn missing_file_is_an_error() {
    match ask(Path::new("/no-such-folder/mailbox"), 1) {
        Ok(key) if key.raw() == -1 => panic!(
            "the file is missing, and you return the key {key}: that is the -1 by which ftok \
             says that it has failed"
        ),
        Ok(key) => panic!(
            "the file is missing, and you go on with the key {key}: where the file is, the \
             other side has another key, and nobody is told"
        ),
        Err(Errno::EPERM) => panic!(
            "you return EPERM, which is errno 1: -1 says only that there is an errno, and \
             which one is asked for separately"
        ),
        Err(errno) => assert_eq!(
            errno,
            Errno::ENOENT,
            "the file is missing, and that is not the errno which you return"
        ),
    }
}

#[test]
fn error_is_the_one_that_happened() {
    // A path that leads through a file.
    let path = std::env::current_exe().expect("a test program has a file");
    match ask(&path.join("mailbox"), 1) {
        Err(Errno::ENOENT) => panic!(
            "a folder on the way is not one, and you say that the file is missing: return the \
             errno that ftok has left"
        ),
        Err(Errno::EPERM) => panic!("you return EPERM, which is errno 1: see the other test"),
        Err(errno) => assert_eq!(errno, Errno::ENOTDIR, "that is not the errno of this call"),
        Ok(key) => panic!("no file can be there, and you go on with the key {key}"),
    }
}
