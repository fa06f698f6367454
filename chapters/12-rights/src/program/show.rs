//! One queue, and how its parts are written.

use std::time::SystemTime;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, may_change};
use ch12_rights::open_created_by;
use nix::errno::Errno;
use nix::unistd::{Pid, Uid};
use streams::Failure;

use super::people::{group_name, user_name};
use super::refused;

pub(super) fn show(queue: Queue) -> Result<String, Failure> {
    let asked = || Ok((Status::whatever_the_mode(queue)?, may_change(queue)?));
    let (status, changeable) = asked().map_err(|errno| refused("msgctl", errno))?;
    let readable = Status::of(queue).is_ok();
    let you = match (readable, changeable) {
        (true, true) => "may read and change it",
        (true, false) => "may read it, not change it",
        (false, true) => "may change it, not read it",
        (false, false) => "may neither read nor change it",
    };
    let by = |pid: Option<Pid>| pid.map_or_else(String::new, |pid| format!(", by process {pid}"));
    Ok([
        format!("queue     {}", queue.id()),
        format!("key       {}", key(status.key)),
        format!("made by   {}", of(status.creator)),
        format!("owner     {}", of(status.owner)),
        format!("mode      {}", mode(status.mode)),
        format!("you       {you}"),
        format!("messages  {}, {} bytes", status.messages, status.bytes),
        format!("capacity  {} ({})", capacity(status.capacity), fullness(&status)),
        format!("sent      {}{}", age(status.last_sent), by(status.last_sender)),
        format!("received  {}{}", age(status.last_received), by(status.last_receiver)),
        format!("changed   {}", age(status.last_changed)),
    ]
    .join("\n"))
}

/// The queue with this key, if this user has made it.
pub(super) fn find(wanted: Key, creator: Uid) -> Result<String, Failure> {
    match open_created_by(wanted, &[creator]) {
        Ok(queue) => Ok(format!("queue id {}", queue.id())),
        Err(Errno::EPERM) => Err(Failure::new(format_args!(
            "the queue with key {wanted} was not made by {}: what you send to it others may read (EPERM)",
            user_name(creator)
        ))),
        Err(errno) => {
            Err(Failure::new(format_args!("msgget: {} ({errno:?})", ch02_create::explain(errno))))
        }
    }
}

fn of((user, group): (Uid, nix::unistd::Gid)) -> String {
    format!("{} ({user}), group {} ({group})", user_name(user), group_name(group))
}

/// Whose it is, in a few words.
pub(super) fn people(status: &Status) -> String {
    let (creator, owner) = (user_name(status.creator.0), user_name(status.owner.0));
    format!("owner {owner}, group {}, made by {creator}", group_name(status.owner.1))
}

pub(super) fn key(key: Option<Key>) -> String {
    key.map_or_else(|| "private".to_owned(), |key| key.to_string())
}

/// As `ls -l` writes it, and in digits.
pub(super) fn mode(mode: Mode) -> String {
    let bits = mode.bits();
    let letters = (0..9).rev().zip("rwxrwxrwx".chars());
    let letters = letters.map(|(bit, letter)| if bits >> bit & 1 == 1 { letter } else { '-' });
    format!("{} {bits:03o}", letters.collect::<String>())
}

pub(super) fn capacity(bytes: usize) -> String {
    match bytes {
        0 => "shut".to_owned(),
        _ => format!("{bytes} bytes"),
    }
}

/// How near it is to refusing: bytes or messages, whichever is nearer.
pub(super) fn fullness(status: &Status) -> String {
    match status.capacity {
        0 => "shut".to_owned(),
        // A queue whose capacity was lowered can hold more than it may.
        capacity => {
            let taken = status.bytes.max(status.messages) as u64;
            format!("{}%", 100 * taken / capacity as u64)
        }
    }
}

/// How long ago, in one unit.
pub(super) fn age(time: Option<SystemTime>) -> String {
    let Some(time) = time else { return "never".to_owned() };
    // A clock that was set back makes it 0.
    let seconds = time.elapsed().map_or(0, |age| age.as_secs());
    match seconds {
        0..60 => "now".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}
