//! Runs the terminal sessions of every page. Which page: one function each, so that each has an IPC
//! namespace of its own, and so that `cargo test -p book-tests --test sessions send` runs one.
//!
//! `TRYCMD=overwrite cargo test -p book-tests --test sessions` writes what was printed into the
//! pages.

use std::path::Path;

use book_tests::Book;
use book_tests::block::Block;
use book_tests::sessions::run;

const SESSION: &str = env!("CARGO_BIN_EXE_session");

macro_rules! pages {
    ($($name:ident: $page:literal,)*) => {
        const PAGES: &[&str] = &[$($page),*];

        $(
            #[test]
            fn $name() {
                run($page, Path::new(SESSION));
            }
        )*
    };
}

pages! {
    fixture: "tests/book/fixtures/sessions.md",
    practise: "book/practise.md",
    key_setup: "book/key-setup.md",
    create: "book/create.md",
    structure: "book/structure.md",
    send: "book/send.md",
    receive: "book/receive.md",
    cleanup: "book/cleanup.md",
    server: "book/server.md",
    client: "book/client.md",
    testing: "book/testing.md",
    waiting: "book/waiting.md",
    request_reply: "book/request-reply.md",
    rights: "book/rights.md",
    other_queues: "book/other-queues.md",
    speed: "book/speed.md",
    beyond: "book/beyond.md",
    shared_memory: "book/shared-memory.md",
    troubleshooting: "book/troubleshooting.md",
}

#[test]
fn every_page_with_sessions_is_run() {
    for page in Book::here().pages {
        let path = page.path.to_str().unwrap();
        let has_sessions = Block::all(&page).iter().any(Block::is_session);
        assert!(
            !has_sessions || PAGES.contains(&path),
            "{path} has terminal sessions, and {} does not list it: they are not run",
            file!()
        );
    }
}
