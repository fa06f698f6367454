//! The whole program: what it declares, and whose calls it names.

use simulator_page::session;

#[test]
fn c_has_what_it_needs_and_no_more() {
    let c = session("create 1234").listing.c;
    assert_eq!(
        c,
        "#include <sys/msg.h>\n\nint main(void)\n{\n    msgget(1234, IPC_CREAT | 0600);\n    return 0;\n}\n"
    );
    let c = session("limit msgmax 50\ncreate 1234\nsend 1 hello\nrecv")
        .listing
        .c;
    assert!(
        c.contains("struct { long mtype; char mtext[50]; } msg;"),
        "{c}"
    );
    assert!(
        c.contains("#include <string.h>") && !c.contains("_GNU_SOURCE"),
        "{c}"
    );
    let c = session("create 1234\nsend 1 hello").listing.c;
    assert!(c.contains("mtext[5]"), "{c}");
    let c = session("create 1234\nrecv 1 except nowait\nrm").listing.c;
    assert!(
        c.contains("#define _GNU_SOURCE") && c.contains("<stddef.h>"),
        "{c}"
    );
}

#[test]
fn queue_that_is_not_used_has_no_variable() {
    let rust = session("use 5\ncreate 1234\nprivate\nstat").listing.rust;
    assert!(!rust.contains("from_id"), "{rust}");
    assert!(
        rust.contains("    Queue::create(") && rust.contains("    let queue = Queue::private("),
        "{rust}"
    );
}

#[test]
fn several_processes_are_named() {
    let listing = session("create 1234\nrecv\nsend 1 hello").listing;
    for name in ["shell", "R1", "S1"] {
        assert!(
            listing.c.contains(&format!("/* {name} */")),
            "{}",
            listing.c
        );
        assert!(
            listing.rust.contains(&format!("// {name}\n")),
            "{}",
            listing.rust
        );
    }
    for (language, text) in [("C", listing.c), ("Rust", listing.rust)] {
        assert!(text.contains("these are several processes"), "{language}");
        assert!(
            text.lines().all(|line| line.len() <= 100),
            "{language}: {text}"
        );
    }
}

#[test]
fn sleep_is_warned_of_where_one_sleeps() {
    let listing = session("create 1234\nsend 1 hello\nrecv").listing;
    assert!(listing.c.contains("/* R1 */") && listing.rust.contains("// R1"));
    assert!(!listing.c.contains("for ever") && !listing.rust.contains("for ever"));
}

#[test]
fn single_process_is_not_named() {
    let listing = session("A: create 1234\nA: send 1 hello").listing;
    assert!(!listing.c.contains("/* A */") && !listing.rust.contains("// A"));
    assert!(!listing.c.contains("several processes"));
}
