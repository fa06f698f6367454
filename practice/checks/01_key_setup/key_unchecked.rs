use super::*;
use practice::{as_ordinary_user, with_ftok, yours};
use std::ffi::{CString, OsStr};
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

/// A file, in a folder that goes when the test ends.
fn mailbox() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for a while");
    // Not UTF-8, as a path need not be.
    let file = folder.path().join(OsStr::from_bytes(b"mailb\xf6x"));
    fs::write(&file, "").expect("a file in it");
    (folder, file)
}

fn ask(path: &Path, project: u8) -> nix::Result<Key> {
    let text = CString::new(path.as_os_str().as_bytes()).expect("no NUL in the path");
    let at = format!("{path:?} with project {project}");
    yours(at, || mailbox_key(&text, project))
}

#[test]
fn file_that_is_there_has_its_key() {
    let (folder, file) = mailbox();
    for path in [&file, folder.path()] {
        for project in [1, b'M', 127, 128, 200, 255] {
            // What an earlier call has left says nothing about this one.
            Errno::ENOENT.set();
            let (yours, right) = (ask(path, project), Key::from_file(path, project));
            assert!(
                project < 128 || yours == right,
                "a project of {project} makes a negative key, and that is a good one: only -1 means \
                 failure. You return {yours:?}"
            );
            assert!(
                yours != Err(Errno::ENOENT),
                "the file is there, and you return the errno of an earlier call (ENOENT): errno is \
                 read only after ftok has returned -1"
            );
            assert!(
                yours == right,
                "the file is there, its key is {right:?}, and you return {yours:?}"
            );
        }
    }
}

#[test]
fn missing_file_is_an_error() {
    for (path, project) in [("/no-such-folder/mailbox", 1), ("", 200)] {
        refuse(ask(Path::new(path), project), Errno::ENOENT);
    }
}

#[test]
fn error_is_the_one_that_happened() {
    let (folder, file) = mailbox();
    let circle = folder.path().join("circle");
    symlink(&circle, &circle).expect("a link to itself");
    refuse(ask(&file.join("mailbox"), 1), Errno::ENOTDIR);
    refuse(ask(&circle, 1), Errno::ELOOP);
    fs::set_permissions(folder.path(), Permissions::from_mode(0o000)).expect("our folder");
    let closed = as_ordinary_user(|| ask(&file, 1));
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).expect("our folder");
    refuse(closed, Errno::EACCES);
}

#[test]
fn file_that_vanishes_before_ftok_looks_is_an_error() {
    let (_folder, file) = mailbox();
    for errno in [Errno::ENOENT, Errno::ESTALE] {
        // None, if ftok was not called: then it was not believed either.
        let Some(asked) = with_ftok(Err(errno), || ask(&file, 1)) else {
            return;
        };
        if let Ok(key) = asked {
            panic!(
                "ftok returned -1 for a file that was there a moment before, and you return the key \
                 {key}. Ask what ftok returned, not whether the file is there"
            );
        }
        refuse(asked, errno);
    }
    for number in [-2, i32::MIN, 1] {
        let Some(asked) = with_ftok(Ok(number), || ask(&file, 1)) else {
            return;
        };
        assert!(
            asked == Ok(Key::new(number).expect("not 0")),
            "ftok returned {number}, which is a key, and you return {asked:?}: only -1 means failure"
        );
    }
    let asked = with_ftok(Ok(0), || ask(&file, 0));
    assert!(
        asked.is_none_or(|asked| asked.is_err()),
        "ftok returned 0, which is IPC_PRIVATE and not a key, and you return one"
    );
}

/// That this result is this error.
#[track_caller]
fn refuse(asked: nix::Result<Key>, right: Errno) {
    let what = match right {
        Errno::ENOENT => "the file is missing".to_owned(),
        _ => format!("ftok fails with {right:?}"),
    };
    match asked {
        Ok(key) if key.raw() == -1 => panic!(
            "{what}, and you return the key {key}: that is the -1 by which ftok \
             says that it has failed"
        ),
        Ok(key) => panic!(
            "{what}, and you go on with the key {key}: where the file is, the \
             other side has another key, and nobody notices"
        ),
        Err(Errno::EPERM) => panic!(
            "you return EPERM, which is errno 1: -1 says only that there is an errno, and \
             which one is asked for separately"
        ),
        Err(errno) => assert!(
            errno == right,
            "{what}, and you return {errno:?}: return the errno that ftok has left"
        ),
    }
}
