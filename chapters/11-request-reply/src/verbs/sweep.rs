//! Removing what killed callers have left.

use std::time::Duration;

use ch11_request_reply::{Swept, sweep_after};
use nix::errno::Errno;
use streams::{Failure, stdout};

pub(crate) fn sweep(seconds: &str) -> Result<(), Failure> {
    let age = seconds
        .parse()
        .map(Duration::from_secs)
        .map_err(|_| Failure::misuse(seconds, "an age is a whole number of seconds, such as 10"))?;
    let mut output = stdout()?;
    let swept = sweep_after(age).map_err(|errno| match errno {
        Errno::ENOENT => {
            Failure::new("the kernel's list of semaphores is not there: mount /proc (ENOENT)")
        }
        errno => Failure::new(format_args!("cannot sweep: {} ({errno:?})", errno.desc())),
    })?;
    let line = described(swept);
    output.line(&line).map_err(|error| Failure::output(&error).and(line))
}

fn described(swept: Swept) -> String {
    let Swept { queues, signs, living, foreign, .. } = swept;
    let others = match foreign {
        0 => String::new(),
        _ => format!(", other users' left alone: {foreign}"),
    };
    format!("queues removed: {queues}, signs removed: {signs}, living callers: {living}{others}")
}
