//! Removing what killed callers have left.

use ch11_request_reply::Swept;
use nix::errno::Errno;
use streams::{Failure, stdout};

pub(crate) fn sweep() -> Result<(), Failure> {
    let mut output = stdout()?;
    let swept = ch11_request_reply::sweep().map_err(|errno| match errno {
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
