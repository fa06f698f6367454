//! The whole program: what it declares, and whose calls it names.

use simulator_page::session;

use crate::{lacks, shows};

#[test]
fn c_has_what_it_needs_and_no_more() {
    let c = session("create 1234").listing.c;
    assert_eq!(
        c,
        "#include <sys/msg.h>\n\nint main(void)\n{\n    msgget(1234, IPC_CREAT | 0600);\n    return 0;\n}\n"
    );
    let c = session("limit msgmax 50\ncreate 1234\nsend 1 hello\nrecv").listing.c;
    let struct_of_50 = "struct { long mtype; char mtext[50]; } msg;";
    shows(&c, &[struct_of_50, "#include <string.h>"]);
    lacks(&c, &["_GNU_SOURCE"]);
    shows(&session("create 1234\nsend 1 hello").listing.c, &["mtext[5]"]);
    let c = session("create 1234\nrecv 1 except nowait\nrm").listing.c;
    shows(&c, &["#define _GNU_SOURCE", "<stddef.h>"]);
}

#[test]
fn queue_that_is_not_used_has_no_variable() {
    let rust = session("use 5\ncreate 1234\nprivate\nstat").listing.rust;
    lacks(&rust, &["from_id"]);
    shows(&rust, &["    Queue::create(", "    let queue = Queue::private("]);
}

#[test]
fn several_processes_are_named() {
    let listing = session("create 1234\nrecv\nsend 1 hello").listing;
    shows(&listing.c, &["/* shell */", "/* R1 */", "/* S1 */"]);
    shows(&listing.rust, &["// shell\n", "// R1\n", "// S1\n"]);
    for text in [listing.c, listing.rust] {
        shows(&text, &["these are several processes"]);
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    }
}

#[test]
fn sleep_is_warned_of_where_one_sleeps() {
    let listing = session("create 1234\nsend 1 hello\nrecv").listing;
    shows(&listing.c, &["/* R1 */"]);
    shows(&listing.rust, &["// R1"]);
    lacks(&(listing.c + &listing.rust), &["for ever"]);
}

#[test]
fn single_process_is_not_named() {
    let listing = session("A: create 1234\nA: send 1 hello").listing;
    lacks(&listing.c, &["/* A */", "several processes"]);
    lacks(&listing.rust, &["// A"]);
}
