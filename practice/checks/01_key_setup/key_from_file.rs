use super::*;
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use practice::{Worker, alone, as_ordinary_user, until, yours};
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

#[path = "key_from_file/parts.rs"]
mod parts;
use parts::compare;

/// A file, in a folder that goes when the test ends.
fn mailbox() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let file = folder.path().join("mailbox");
    fs::write(&file, "one").expect("a file in it");
    (folder, file)
}

fn ask(path: &Path, project: u8) -> io::Result<i32> {
    let at = format!("{path:?} with project ID {project}");
    yours(at, || key_from_file(path, project))
}

/// Your key of a file that is there.
#[track_caller]
fn key(path: &Path, project: u8) -> i32 {
    match ask(path, project) {
        Ok(key) => key,
        Err(error) if project == 0 => panic!(
            "you refuse project ID 0 ({error}): `Key::from_file` does so too, and the C program on \
             the other side does not; ftok computes a key for each of the 256"
        ),
        Err(error) => panic!("{path:?} is there, and you return an error: {error}"),
    }
}

#[test]
fn three_parts_are_where_ftok_has_them() {
    let (folder, _) = mailbox();
    for number in 0..20 {
        let file = folder.path().join(format!("mailbox-{number}"));
        fs::write(&file, "").expect("a file in it");
        compare(&file, 0x4d);
    }
    compare(folder.path(), 0x4d);
}

#[test]
fn large_inode_number_is_cut() {
    // The kernel numbers files of this kind from 0xf0000000 or so.
    compare(Path::new("/proc/version"), 0x0d);
}

#[test]
fn each_project_has_its_key() {
    let path = Path::new("Cargo.toml");
    let (one, other) = (key(path, 1), key(path, 200));
    assert!(one != other, "projects 1 and 200 give the same key: does the project play a part?");
    for project in [1, 2, b'M', 127, 128, 200, 255, 0] {
        compare(path, project);
    }
}

#[test]
fn text_of_the_file_plays_no_part() {
    let (_folder, file) = mailbox();
    let before = key(&file, 1);
    fs::write(&file, "something longer").expect("other text in the same file");
    assert!(
        before == key(&file, 1),
        "other text, and another key: ftok asks where the file is, not what is in it"
    );
}

#[test]
fn file_is_looked_at_and_not_opened() {
    let (folder, file) = mailbox();
    fs::set_permissions(&file, Permissions::from_mode(0o000)).expect("our file");
    let asked = as_ordinary_user(|| ask(&file, 1));
    assert!(
        asked.is_ok(),
        "nobody may read this file (mode 000), and you return {asked:?}: ftok asks which file it \
         is, and for that it need not be opened"
    );
    let pipe = folder.path().join("pipe");
    mkfifo(&pipe, Mode::S_IRWXU).expect("a named pipe");
    alone(|_| {
        let path = pipe.clone();
        let worker = Worker::start(move || key_from_file(&path, 1).is_ok());
        until(
            "your function to return: the file is a named pipe, and whoever opens one to read waits \
             for a writer. Look at it without opening it",
            || worker.has_ended(),
        );
    });
    compare(&pipe, 1);
}

#[test]
fn link_leads_to_the_file() {
    let (folder, file) = mailbox();
    let link = folder.path().join("link");
    symlink(&file, &link).expect("a symbolic link beside it");
    assert!(
        key(&link, 1) == key(&file, 1),
        "your key is that of the symbolic link itself: ftok follows it to the file"
    );
}

#[test]
fn name_may_hold_any_bytes() {
    let (folder, _) = mailbox();
    let file = folder.path().join(OsStr::from_bytes(b"Br\xfcder's mailbox "));
    fs::write(&file, "").expect("a file whose name is not UTF-8");
    compare(&file, 1);
}

#[test]
fn missing_file_is_an_error() {
    let (folder, file) = mailbox();
    let circle = folder.path().join("circle");
    symlink(&circle, &circle).expect("a link to itself");
    let refused = [
        (libc::ENOENT, PathBuf::from("no-such-file")),
        (libc::ENOENT, PathBuf::new()),
        (libc::ENOTDIR, file.join("mailbox")),
        (libc::ELOOP, circle),
        (libc::ENAMETOOLONG, folder.path().join("x".repeat(256))),
    ];
    for (errno, path) in refused {
        let key = ask(&path, 1);
        assert!(
            key.as_ref().ok() != Some(&-1),
            "a file that does not exist gives the key -1, on which all programs with this mistake \
             meet: return the error"
        );
        assert!(
            key.is_err() || errno != libc::ELOOP,
            "a symbolic link that leads to itself leads to no file, and you have a key of it: ftok \
             follows a link"
        );
        let Err(error) = key else {
            panic!(
                "a file that does not exist has a key with you: which error have you passed over?"
            );
        };
        let right = io::Error::from_raw_os_error(errno);
        assert!(
            error.raw_os_error() == Some(errno) || error.kind() == right.kind(),
            "at {path:?} the system says \"{right}\", and you return \"{error}\": pass the error on \
             that you were given"
        );
    }
    let key = ask(Path::new("mail\0box"), 1);
    assert!(
        key.is_err(),
        "a path with a NUL in it names no file, and you have a key of it: {key:?}"
    );
}
