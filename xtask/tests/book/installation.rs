//! mdbook is installed once, and it is the version that the book was tested with.

use std::fs;

use support::Running;
use xtask::mdbook::VERSION;

use crate::repository::{Repository, real_mdbook};

#[test]
fn second_book_waits_for_the_installation_of_the_first() {
    support::alone(|_room| {
        let repository = Repository::without_mdbook();
        let (log, go) = (repository.path("log"), repository.fifo("go"));
        // `cargo install mdbook --locked --version V --root DIR`, which takes until it is let go.
        let cargo = repository.script(
            "cargo",
            &format!(
                "echo installed >> {}\nread _ < {}\nmkdir -p \"$7/bin\"\nln -s {} \"$7/bin/mdbook\"\n",
                log.display(),
                go.display(),
                real_mdbook().display()
            ),
        );
        let start = || {
            let mut book = repository.book(&["build"]);
            book.env("CARGO", &cargo);
            Running::start(book)
        };
        let mut first = start();
        first.wait_for_text("Installing it into target/tools");
        let mut second = start();
        second.wait_for_text("Another `cargo book` is at work here: waiting");
        fs::write(&go, "\n").unwrap();
        for book in [first, second] {
            book.finish().success().stdout_has("The book is in ");
        }
        assert_eq!(fs::read_to_string(&log).unwrap(), "installed\n");
    });
}

#[test]
fn another_mdbook_on_path_is_passed_over() {
    support::alone(|_room| {
        let repository = Repository::new();
        let other = repository.script("other/mdbook", "echo mdbook v0.5.0\n");
        let mut book = repository.book(&["build"]);
        let path = format!("{}:/usr/bin:/bin", other.parent().unwrap().display());
        Running::start({
            book.env("PATH", path);
            book
        })
        .finish()
        .success();
        assert!(repository.path("target/book/page.html").exists());
    });
}

#[test]
fn failed_installation_is_an_error_that_names_the_network() {
    support::alone(|_room| {
        let repository = Repository::without_mdbook();
        let mut book = repository.book(&["build"]);
        book.env("CARGO", repository.script("cargo", "exit 101\n"));
        let failed = Running::start(book).finish();
        failed.code(1).stderr_has(format!("--version {VERSION}"));
        failed.stderr_has("Most often the network is missing");
    });
}
