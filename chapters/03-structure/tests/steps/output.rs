//! The program on outputs that fail or are slow.

use assert_cmd::cargo::cargo_bin;
use support::{BAD_OUTPUTS, with_slow_reader};

#[test]
fn bad_output_ends_with_a_sentence() {
    support::alone(|_| {
        for bad in BAD_OUTPUTS {
            for args in [&["1", "hello"][..], &["--help"]] {
                bad.run(cargo_bin!("ch03"), args);
            }
        }
    });
}

#[test]
fn slow_reader_gets_every_row() {
    support::alone(|_| {
        let text = "x".repeat(100_000);
        let finished = with_slow_reader(cargo_bin!("ch03"), &["1", &text]);
        finished.success().stderr_is("");
        let rows = finished.lines();
        assert_eq!(rows.len(), 2 + 100_001_usize.div_ceil(8) + 1);
        assert_eq!(rows.last().map(String::as_str), Some("msgsz   100001"));
    });
}
