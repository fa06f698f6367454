//! How often a test of luck tries: a few times each day, and as often as you say.

use std::env;
use std::time::Duration;

use support::{Room, alone_within};

/// Runs `round` this often, or `ROUNDS` times if that is in the environment.
#[track_caller]
pub(crate) fn rounds(usually: u32, round: impl Fn(&Room, u32)) {
    let rounds = env::var("ROUNDS").map_or(usually, |text| text.parse().expect("ROUNDS=N"));
    alone_within(Duration::from_secs(60) + Duration::from_secs(5) * rounds, |room| {
        for number in 0..rounds {
            round(room, number);
        }
    });
}
