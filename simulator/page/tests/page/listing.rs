//! The code that is shown: it compiles, and in Rust it also runs and finds what the session found.

use std::fs;
use std::path::Path;

use simulator_page::session;

use crate::{assert_recorded, recorded};

/// What one process can do by itself, and the real kernel as well: no sleepers, nobody else, no
/// limits.
const ALONE: &str = "
create 1234
create 1234 excl
create 1234 excl mode 640
open 1234
open 77
private mode 000
create 0 mode 622
open 0
use 0
stat
send 3 hello
send 1 \"with \\ and \"\" in it\" nowait
send 2 grüße
send 4 a\ttab
send 1 *8192
send 1 *8193
send 0 nothing
send 9223372036854775807
send 1 *8192 nowait
recv 9 nowait
recv -2
recv 3 nowait
recv 1 except nowait
recv 0 copy nowait
recv 7 copy nowait
recv 0 copy
recv -1 copy nowait
recv 5 copy nowait except
recv -5 except nowait
recv 1 size 10
recv 1 size 10 noerror
recv 0 size 0
set qbytes 100
set qbytes 4294967396
set mode 622
set uid 0 gid 0 mode 640 qbytes 200
set qbytes 0
set gid 0 qbytes 90
set qbytes 0
send 1 nowait
rm
stat
send 1
recv
set qbytes 1
rm
";

#[rustfmt::skip]
#[deny(warnings, reason = "a reader who compiles what is shown meets no warning")]
mod alone;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/page/listing/alone.rs");

#[test]
fn rust_that_is_shown_is_the_rust_that_is_compiled_here() {
    let shown = session(ALONE).listing.rust.replace("fn main()", "pub(super) fn main()");
    assert_recorded(FILE, &shown, include_str!("listing/alone.rs"));
}

#[test]
fn rust_that_is_shown_finds_on_the_kernel_what_the_session_found() {
    support::in_namespace(|room| {
        alone::main().expect("what succeeded in the session does so on the kernel");
        // The session leaves its private queues.
        for queue in room.queues() {
            room.remove(queue.msqid);
        }
    });
}

#[test]
fn c_that_is_shown_compiles() {
    let sessions = recorded().into_iter().map(|(_, lines)| lines).chain(
        [
            ALONE,
            "create 1234",
            "use 5",
            "use 5\nstat",
            "create 1\nsend 1",
            "create 1\nrecv 0 size 0 nowait",
            "create 1\nsend -9223372036854775808 *9000",
        ]
        .map(String::from),
    );
    for (number, lines) in sessions.enumerate() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let source = folder.join(format!("shown-{number}.c"));
        fs::write(&source, session(&lines).listing.c).unwrap();
        support::cc(&source, folder.join(format!("shown-{number}")));
    }
}

const LACKING: &str = "// Not in this book's crates: ";

#[test]
fn step_without_a_call_in_rust_is_explained_in_one_short_line() {
    for (name, lines) in recorded() {
        for step in session(&lines).steps.iter().filter(|step| step.call.is_some()) {
            let rust = &step.rust;
            if rust.starts_with(LACKING) {
                assert!(
                    rust.len() <= 76 && rust.lines().count() == 1 && rust.ends_with('.'),
                    "{name}: {}: {rust}",
                    step.line
                );
            } else {
                assert!(rust.ends_with([';', 's']), "{name}: {}: {rust}", step.line);
            }
        }
    }
}

#[test]
fn lack_in_the_crates_is_explained_once() {
    let rust =
        session("create 1\nrecv size 5 nowait\nrecv size 6 nowait\nsend 0\nrecv size 7 nowait")
            .listing
            .rust;
    assert_eq!(rust.matches("a Receiver has room for").count(), 1, "{rust}");
    assert_eq!(rust.matches("crates either.").count(), 2, "{rust}");
}

#[test]
fn rust_has_no_message_that_is_too_long() {
    let session = session("create 1\nsend 1 *100\nlimit msgmax 50\nrecv");
    let received = &session.steps[3];
    assert_eq!(received.call.as_ref().and_then(|call| call.errno), Some("E2BIG"));
    assert!(received.rust.starts_with(LACKING), "{}", received.rust);
}
