//! Streams that cannot be used, and those that fail half-way.

use support::Running;

use crate::shell;

#[test]
fn unusable_streams_fail_with_a_sentence() {
    support::alone(|_| {
        for (script, complaint) in [
            ("copy <&-", "standard input is closed"),
            ("copy <&- >&-", "standard input is closed"),
            ("copy 0>/dev/null", "standard input is not open for reading"),
            ("copy </dev/null >&-", "standard output is closed"),
            ("copy </dev/null 1</dev/null", "standard output is not open for writing"),
        ] {
            Running::start(shell(script))
                .finish()
                .code(1)
                .stdout_is("")
                .stderr_has(format!("streams-copy: {complaint}; "))
                .stderr_has("(EBADF)\n");
        }
    });
}

#[test]
fn failing_writes_are_explained() {
    support::alone(|_| {
        for (script, complaint) in [
            (
                "echo | copy >/dev/full",
                "the disk is full; free some space, or write elsewhere (ENOSPC)",
            ),
            (
                "cd $(mktemp -d) && ulimit -f 0 && echo | copy >file; s=$?; rm file; rmdir $PWD; exit $s",
                "the file may not grow any more; raise its limit (ulimit -f), or write elsewhere (EFBIG)",
            ),
            ("copy < /", "it is a directory; give it a file, a pipe or a terminal (EISDIR)"),
        ] {
            Running::start(shell(script))
                .finish()
                .code(1)
                .stderr_is(format!("streams-copy: cannot copy: {complaint}\n"));
        }
    });
}

#[test]
fn reader_that_has_ended_is_explained() {
    support::alone(|_| {
        let script = "{ read -r line; echo \"$line\" | copy; } | { exec <&-; echo gone >&2; }";
        let mut shell = Running::start(shell(script));
        shell.wait_for_stderr("gone\n").write_line("hello");
        shell.finish().stderr_is(
            "gone\nstreams-copy: cannot copy: the program that was reading it has ended (EPIPE)\n",
        );
    });
}

#[test]
fn complaint_that_cannot_be_written_leaves_the_exit_status() {
    support::alone(|_| {
        for stderr in ["2>&-", "2</dev/null", "2>/dev/full"] {
            Running::start(shell(&format!("copy <&- {stderr}"))).finish().code(1).stderr_is("");
        }
    });
}

#[test]
fn dev_null_that_somebody_chose_is_a_stream_like_any_other() {
    support::alone(|_| {
        for script in [
            "copy </dev/null >/dev/null",
            "copy 0<>/dev/null 1<>/dev/null",
            "echo hello | copy >/dev/null",
            "echo hello | copy 1<>/dev/null",
        ] {
            Running::start(shell(script)).finish().success().stderr_is("");
        }
    });
}
