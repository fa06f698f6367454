//! A namespace, those who live in it, and what they do.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use simulator::{Credentials, Limits};

use super::numbers;
use super::operation::{Operation, operation};
use super::people::{People, credentials};

/// What is played on both sides.
#[derive(Clone, Debug)]
pub struct Case {
    /// The limits at the beginning.
    pub limits: Limits,
    /// The processes. The first is root and never sleeps, so that somebody is always awake.
    pub processes: Vec<Credentials>,
    /// What they do.
    pub(super) operations: Vec<Operation>,
}

/// A random case with so many operations.
pub fn case(length: RangeInclusive<usize>, people: People) -> impl Strategy<Value = Case> {
    // Where they race, five receivers wait in one of 120 orders after IPC_SET, and the model is in
    // as many states. Seven would be 5,040.
    let most = if people.in_order { 7 } else { 5 };
    let others = prop::collection::vec(credentials(people), 3..=most);
    let operations = prop::collection::vec(operation(people), length);
    (numbers::limits(), others, operations).prop_map(move |(limits, others, operations)| {
        let mut processes = vec![people.root()];
        processes.extend(others);
        Case { limits, processes, operations }
    })
}
