//! Changing a queue.

use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, may_change};
use ch12_rights::{Limits, Settings, explain};
use nix::errno::Errno;
use streams::Failure;

use super::people::{group, user};
use super::show::{capacity, mode, people};

/// From what a person types to what is to change.
pub(super) fn settings(verb: &str, value: &str) -> Result<Settings, Failure> {
    match verb {
        "give" => match value.split_once(':') {
            Some((owner, members)) => {
                Ok(Settings::new().owner(user(owner)?).group(group(members)?))
            }
            None => Ok(Settings::new().owner(user(value)?)),
        },
        "allow" => parse_mode(value).map(|mode| Settings::new().mode(mode)),
        "open" => bytes(value).map(|bytes| Settings::new().opening(bytes)),
        _ => bytes(value).map(|bytes| Settings::new().capacity(bytes)),
    }
}

fn parse_mode(bits: &str) -> Result<Mode, Failure> {
    let octal = bits.len() == 3 && bits.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
    let bits_set = libc::mode_t::from_str_radix(bits, 8).ok().filter(|_| octal);
    bits_set
        .and_then(Mode::from_bits)
        .ok_or_else(|| Failure::misuse(bits, "a mode is three octal digits, such as 600 or 660"))
}

fn bytes(text: &str) -> Result<usize, Failure> {
    let most = i32::MAX;
    text.parse().ok().filter(|bytes| *bytes <= most as usize).ok_or_else(|| {
        let sentence = format!("a capacity is a number of bytes, at most {most}: of a larger one the kernel would keep the last 32 bits");
        Failure::misuse(text, sentence)
    })
}

/// Changes the queue; says what it is then.
pub(super) fn change(queue: Queue, settings: &Settings) -> Result<String, Failure> {
    settings.apply(queue).map_err(|errno| refused(queue, errno))?;
    let status = Status::whatever_the_mode(queue);
    let id = queue.id();
    Ok(match status {
        Ok(status) => format!(
            "queue {id}: {}, mode {}, {}",
            people(&status),
            mode(status.mode),
            capacity(status.capacity)
        ),
        Err(_) => format!("queue {id} was changed, and has been removed since"),
    })
}

/// The kernel has one errno for several reasons; which it is can be asked.
fn refused(queue: Queue, errno: Errno) -> Failure {
    let reason = match errno {
        Errno::EPERM if may_change(queue) == Ok(true) => {
            let most = Limits::now().map_or_else(|_| String::new(), |l| format!(" ({})", l.capacity));
            format!("the queue is yours, and only root, outside every container, may let it hold more than /proc/sys/kernel/msgmnb{most}")
        }
        Errno::EINVAL if Status::whatever_the_mode(queue).is_ok() => {
            "the queue's owner or its group, the new one or the present one, has no number in this user namespace".to_owned()
        }
        errno => explain(errno).to_owned(),
    };
    Failure::new(format_args!("cannot change queue {}: {reason} ({errno:?})", queue.id()))
}
