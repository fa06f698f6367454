//! Why long messages take turns: two of 8,192 bytes fill a queue of the usual capacity.

use anyhow::Result;
use ch13_other_queues::{MessageQueue, SystemV};

use super::{LONGEST, Subject, one_way};
use crate::contender::named;
use crate::measure::{Placement, Sample, set_queue_capacity};

/// What Linux gives a queue.
pub(crate) const USUAL: u64 = 16_384;

/// The longest messages through queues of this capacity, side by side and on one processor.
pub(super) fn subjects(capacity: u64) -> Vec<Subject<'static>> {
    [("apart", Placement::Apart), ("together", Placement::Together)]
        .map(|(name, placement)| Subject {
            name: name.to_owned(),
            run: Box::new(move |count| sample(capacity, placement, count)),
            operations: None,
        })
        .into()
}

fn sample(capacity: u64, placement: Placement, count: u64) -> Result<Sample> {
    let library = named(SystemV::NAME).expect("it is on the list");
    set_queue_capacity(capacity)?;
    let sample = one_way::sample(library, placement, LONGEST, 1, count);
    // Also after an error: the next queue is an ordinary one.
    set_queue_capacity(USUAL)?;
    sample
}
