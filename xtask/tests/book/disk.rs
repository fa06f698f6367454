//! A target folder that takes nothing is named as that, and not as a missing network.

use std::process::Command;

use support::{Finished, Running};

use crate::repository::Repository;

/// `cargo book build` where target/ is a file system of its own, mounted with these options.
fn build_on(repository: &Repository, options: &str) -> Finished {
    repository.write("target/.keep", "");
    let book = repository.book(&["build"]);
    let mount = format!(
        "mount -t tmpfs -o {options} tmpfs {} && exec \"$@\"",
        repository.path("target").display()
    );
    let mut inside = Command::new("unshare");
    inside.args(["--mount", "sh", "-c", &mount, "sh"]);
    inside.arg(book.get_program()).args(book.get_args());
    for (name, value) in book.get_envs() {
        inside.env(name, value.unwrap());
    }
    inside.env("CARGO", "/bin/false");
    Running::start(inside).finish()
}

#[test]
fn full_target_is_reported_with_enospc() {
    support::in_namespace(|_room| {
        let repository = Repository::without_mdbook();
        build_on(&repository, "size=1m")
            .code(1)
            .stderr_has("/target: its disk is full (ENOSPC): free some space, then run");
    });
}

#[test]
fn read_only_target_is_reported_with_erofs() {
    support::in_namespace(|_room| {
        let repository = Repository::without_mdbook();
        build_on(&repository, "ro")
            .code(1)
            .stderr_has("/target: it is on a read-only file system (EROFS)");
    });
}
