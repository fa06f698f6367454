//! Plays the scenes with two terminals. `SCENES=overwrite cargo test -p book-tests --test scenes`
//! records them anew.

use std::fs;
use std::path::Path;

use book_tests::book::root;
use book_tests::scenes::{FOLDER, run};

const SESSION: &str = env!("CARGO_BIN_EXE_session");

#[test]
fn first_server() {
    run("first-server", Path::new(SESSION));
}

#[test]
fn first_talk() {
    run("first-talk", Path::new(SESSION));
}

#[test]
fn left_a_message() {
    run("left-a-message", Path::new(SESSION));
}

#[test]
fn kitchen_ring() {
    run("kitchen-ring", Path::new(SESSION));
}

#[test]
fn late_reply() {
    run("late-reply", Path::new(SESSION));
}

#[test]
fn every_scene_is_played() {
    let here = fs::read_to_string(root().join("tests/book/tests/scenes.rs")).unwrap();
    for scene in fs::read_dir(root().join(FOLDER)).unwrap() {
        let name = scene.unwrap().file_name().into_string().unwrap();
        assert!(here.contains(&format!("run(\"{name}\"")), "nobody plays {FOLDER}/{name}");
    }
}
