//! Users who have no number here.
//!
//! In a user namespace (a container without root, say) only some users have a number. All others
//! look like one, 65534 by default, who may have to do with each other nothing at all. To take that
//! number for a person is to take each of them for that person.

use std::fs;

use nix::unistd::Uid;

/// Whether this number stands for one user, and not for all who have none here.
pub(crate) fn is_somebody(user: Uid) -> bool {
    user.as_raw() != overflow_uid() || everybody_has_a_number()
}

/// The number that stands for all others.
fn overflow_uid() -> u32 {
    let number = fs::read_to_string("/proc/sys/kernel/overflowuid");
    number.ok().and_then(|number| number.trim().parse().ok()).unwrap_or(65_534)
}

/// In the first user namespace 65534 is a user like any other.
fn everybody_has_a_number() -> bool {
    // Lines of "first inside, first outside, how many".
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let counts = map.lines().filter_map(|line| line.split_whitespace().nth(2)?.parse::<u64>().ok());
    counts.sum::<u64>() >= u64::from(u32::MAX)
}
