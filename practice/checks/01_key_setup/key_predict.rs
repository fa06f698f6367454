use super::*;
use ch01_key_setup::Key;
use practice::check;
use std::fs;
use std::path::PathBuf;

/// A file for both sides, in a folder that goes when the test ends.
fn mailbox() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let file = folder.path().join("mailbox");
    fs::write(&file, "text").expect("a file in it");
    (folder, file)
}

fn key(path: &PathBuf) -> Key {
    Key::from_file(path, 1).expect("the file is there")
}

#[test]
fn question_1_hard_link() {
    let (folder, file) = mailbox();
    let other = folder.path().join("other");
    fs::hard_link(&file, &other).expect("a second name for it");
    let why = "A hard link is a second name of one file: one inode, one key.";
    check("question 1", HARD_LINK, key(&file) == key(&other), why);
}

#[test]
fn question_2_copy() {
    let (folder, file) = mailbox();
    // Two, because files share a key once in 65,536 times.
    let same = ["copy", "copy2"].iter().all(|name| {
        let copy = folder.path().join(name);
        fs::copy(&file, &copy).expect("a copy of it");
        key(&file) == key(&copy)
    });
    let why = "A copy has the same text, but it is another file, with an inode of its own.";
    check("question 2", COPY, same, why);
}

#[test]
fn question_3_appended() {
    let (_folder, file) = mailbox();
    let before = key(&file);
    let mut log = fs::OpenOptions::new().append(true).open(&file).expect("the file is there");
    std::io::Write::write_all(&mut log, b"more").expect("room for a line");
    let why = "Other text in the same file: ftok asks where a file is and does not read it.";
    check("question 3", APPENDED, before == key(&file), why);
}

#[test]
fn question_4_replaced() {
    let (folder, file) = mailbox();
    let before = key(&file);
    let same = ["first", "second"].iter().all(|name| {
        let new = folder.path().join(name);
        fs::write(&new, "text").expect("a new file");
        fs::rename(&new, &file).expect("in place of the old one");
        before == key(&file)
    });
    let why = "The name is the same and the file is another: its inode is new, and so is the key.";
    check("question 4", REPLACED, same, why);
}

#[test]
fn question_5_renamed() {
    let (folder, file) = mailbox();
    let before = key(&file);
    let new_name = folder.path().join("box");
    fs::rename(&file, &new_name).expect("another name in the same folder");
    let why = "A new name is all: the file keeps its inode, and the name has no part in the key.";
    check("question 5", RENAMED, before == key(&new_name), why);
}

#[test]
fn question_6_project() {
    let (_folder, file) = mailbox();
    let same = Key::from_file(&file, 1) == Key::from_file(&file, 2);
    let why =
        "The project is the top byte of the key: it tells queues apart that hang on one file.";
    check("question 6", PROJECT, same, why);
}
