//! A key made of a file.

use std::ffi::CString;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use ch01_key_setup::Key;
use nix::errno::Errno;

use crate::folder::Folder;

const NOBODY: u32 = 65534;

/// The C library's `ftok`.
fn ftok(path: &Path, project: i32) -> i32 {
    let path = CString::new(path.as_os_str().as_bytes()).expect("no NUL in a path");
    // SAFETY: `path` is a string that ends in a NUL and lives until the call returns; ftok reads
    // it.
    unsafe { libc::ftok(path.as_ptr(), project) }
}

#[test]
fn key_of_a_file_is_that_of_ftok() {
    let folder = Folder::new("ftok");
    let (one, other) = (folder.file("one"), folder.file("other"));
    for path in [&*one, &*other, folder.path(), Path::new("/"), Path::new("/proc/version")] {
        for project in [1, 2, 65, 127, 128, 255] {
            let key = Key::from_file(path, project).map(Key::raw);
            assert_eq!(key, Ok(ftok(path, project.into())), "{path:?}, {project}");
        }
    }
}

#[test]
fn key_keeps_16_bits_of_the_inode_and_8_of_the_device() {
    let folder = Folder::new("bits");
    let path = folder.file("file");
    let file = fs::metadata(&path).expect("it was made a moment ago");
    let key = Key::from_file(&path, 0x41).expect("it is there").raw() as u32;
    assert_eq!(u64::from(key & 0xffff), file.ino() & 0xffff);
    assert_eq!(u64::from(key >> 16 & 0xff), file.dev() & 0xff);
    assert_eq!(key >> 24, 0x41);
}

#[test]
fn project_0_is_refused() {
    assert_eq!(Key::from_file("/", 0), Err(Errno::EINVAL));
}

#[test]
fn ftok_looks_at_8_bits_of_the_project() {
    assert_eq!(ftok(Path::new("/"), 0x141), ftok(Path::new("/"), 0x41));
    assert_ne!(ftok(Path::new("/"), 0x42), ftok(Path::new("/"), 0x41));
}

#[test]
fn projects_tell_apart_the_keys_of_one_file() {
    let keys = [1, 2, 255].map(|project| Key::from_file("/", project).expect("/ is there"));
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
}

#[test]
fn missing_file_has_no_key() {
    let folder = Folder::new("missing");
    let path = folder.path().join("nothing");
    assert_eq!(Key::from_file(&path, 1), Err(Errno::ENOENT));
    assert_eq!(ftok(&path, 1), -1);
}

#[test]
fn file_below_a_file_has_no_key() {
    let folder = Folder::new("below");
    let path = folder.file("file").join("below");
    assert_eq!(Key::from_file(path, 1), Err(Errno::ENOTDIR));
}

#[test]
fn path_with_a_nul_has_no_key() {
    assert_eq!(Key::from_file("a\0b", 1), Err(Errno::EINVAL));
}

#[test]
fn file_that_cannot_be_reached_has_no_key() {
    let folder = Folder::new("unreachable");
    let path = folder.file("file");
    let ask = || support::as_stranger(NOBODY, || Key::from_file(&path, 1));
    if let Some(reached) = ask() {
        assert_eq!(reached, Key::from_file(&path, 1));
        folder.set_mode(0o700);
        assert_eq!(ask(), Some(Err(Errno::EACCES)));
    }
}

#[test]
fn file_that_cannot_be_read_has_a_key() {
    let folder = Folder::new("unreadable");
    let path = folder.file("file");
    let mut mode = fs::metadata(&path).expect("it is there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0);
    fs::set_permissions(&path, mode).expect("it is ours");
    if let Some((read, key)) =
        support::as_stranger(NOBODY, || (fs::read(&path), Key::from_file(&path, 1)))
    {
        assert!(read.is_err(), "its mode is 000");
        assert_eq!(key, Key::from_file(&path, 1));
    }
}

#[test]
fn replacing_the_file_changes_the_key() {
    let folder = Folder::new("replaced");
    let path = folder.file("file");
    let before = Key::from_file(&path, 1).expect("it is there");
    // As many editors save: a new file takes the name.
    fs::rename(folder.file("file.new"), &path).expect("both are ours");
    assert_ne!(Key::from_file(&path, 1), Ok(before));
}

#[test]
fn writing_to_the_file_keeps_the_key() {
    let folder = Folder::new("written");
    let path = folder.file("file");
    let before = Key::from_file(&path, 1);
    fs::write(&path, "something else").expect("it is ours");
    assert_eq!(Key::from_file(&path, 1), before);
}

#[test]
fn two_names_of_one_file_give_one_key() {
    let folder = Folder::new("names");
    let path = folder.file("file");
    let (hard, soft) = (folder.path().join("hard"), folder.path().join("soft"));
    fs::hard_link(&path, &hard).expect("the folder is ours");
    std::os::unix::fs::symlink(&path, &soft).expect("the folder is ours");
    assert_eq!(Key::from_file(&hard, 1), Key::from_file(&path, 1));
    assert_eq!(Key::from_file(&soft, 1), Key::from_file(&path, 1));
}

#[test]
fn some_two_of_302_files_collide_as_likely_as_not() {
    let distinct = |files: u32| -> f64 {
        let chances = (0..files).map(|taken| 1.0 - f64::from(taken) / 65536.0);
        chances.product()
    };
    assert!(distinct(301) > 0.5 && distinct(302) < 0.5);
}
