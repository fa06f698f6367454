//! How often the server writes under load, as strace counts it.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Work;
use super::pair::Pair;
use crate::command::root;

/// The number of `write` calls that the server of `pair` makes in one run; none if there is no
/// strace here.
pub(crate) fn count(pair: &Pair, work: &Work) -> Result<Option<usize>> {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return Ok(None);
    }
    let counts = root().join("target/throughput/strace");
    let file = counts.to_str().context("strace needs a path in UTF-8")?;
    // With the filter in the kernel only `write` is slowed down; otherwise the queue would be full
    // all the time.
    pair.run(work, &["strace", "-f", "--seccomp-bpf", "-c", "-e", "trace=write", "-o", file])?;
    let table = fs::read_to_string(&counts)?;
    Ok(Some(calls(&table).with_context(|| format!("strace counted no write:\n{table}"))?))
}

/// The line of `write` in strace's table: time, seconds, microseconds a call, calls, (errors,)
/// name.
fn calls(table: &str) -> Option<usize> {
    let words = |line: &str| line.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    let row =
        table.lines().map(words).find(|row| row.last().is_some_and(|name| name == "write"))?;
    row.get(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::calls;

    const TABLE: &str = "\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
100.00    0.000151           7        21           write
------ ----------- ----------- --------- --------- ----------------
100.00    0.000151           7        21           total
";

    #[test]
    fn calls_are_read_from_the_row_of_write() {
        assert_eq!(calls(TABLE), Some(21));
        assert_eq!(calls("nothing of the kind"), None);
    }
}
