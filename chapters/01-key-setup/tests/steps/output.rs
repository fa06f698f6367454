//! The program on outputs that fail or are slow.

use assert_cmd::cargo::cargo_bin;
use support::{BAD_OUTPUTS, with_slow_reader};

#[test]
fn bad_output_ends_with_a_sentence() {
    support::alone(|_| {
        for bad in BAD_OUTPUTS {
            for args in [&["1234"][..], &["/"], &["/", "7"], &["--help"]] {
                bad.run(cargo_bin!("ch01"), args);
            }
        }
    });
}

#[test]
fn slow_reader_is_waited_for() {
    support::alone(|_| {
        let finished = with_slow_reader(cargo_bin!("ch01"), &["1234"]);
        finished.success().stdout_is("0x000004d2\n").stderr_is("");
    });
}
