//! Names of users and groups, and their numbers.

use nix::unistd::{Gid, Group, Uid, User};
use streams::Failure;

/// The name, or the number of somebody whom this machine has no name for.
pub(super) fn user_name(user: Uid) -> String {
    User::from_uid(user).ok().flatten().map_or_else(|| user.to_string(), |user| user.name)
}

pub(super) fn group_name(group: Gid) -> String {
    Group::from_gid(group).ok().flatten().map_or_else(|| group.to_string(), |group| group.name)
}

/// From what a person types: a name or a number.
pub(super) fn user(text: &str) -> Result<Uid, Failure> {
    if let Some(number) = number(text) {
        return number.map(Uid::from_raw);
    }
    let found = User::from_name(text).ok().flatten();
    let unknown = || Failure::misuse(text, "this machine has no user of this name");
    found.map(|user| user.uid).ok_or_else(unknown)
}

pub(super) fn group(text: &str) -> Result<Gid, Failure> {
    if let Some(number) = number(text) {
        return number.map(Gid::from_raw);
    }
    let found = Group::from_name(text).ok().flatten();
    let unknown = || Failure::misuse(text, "this machine has no group of this name");
    found.map(|group| group.gid).ok_or_else(unknown)
}

/// `None` for what does not look like a number.
fn number(text: &str) -> Option<Result<u32, Failure>> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // The last number of 32 bits is -1, which means nobody.
    let number = text.parse().ok().filter(|number| *number < u32::MAX);
    Some(number.ok_or_else(|| Failure::misuse(text, "the highest number is 4294967294")))
}
