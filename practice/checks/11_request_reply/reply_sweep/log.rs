//! A broom that writes down what was swept, and can fail at each step.

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Queue(c_int),
    Set(c_int),
}

#[derive(Default)]
pub(super) struct Log {
    pub(super) steps: Vec<Step>,
    /// The steps that fail, and with what.
    pub(super) fails: Vec<(Step, Errno)>,
}

impl Log {
    fn make(&mut self, step: Step) -> nix::Result<()> {
        self.steps.push(step);
        match self.fails.iter().find(|(fails, _)| *fails == step) {
            Some((_, errno)) => Err(*errno),
            None => Ok(()),
        }
    }
}

impl Broom for Log {
    fn remove_queue(&mut self, queue: c_int) -> nix::Result<()> {
        self.make(Step::Queue(queue))
    }

    fn remove_set(&mut self, set: c_int) -> nix::Result<()> {
        self.make(Step::Set(set))
    }
}

/// What your function returns for these, and what it has done.
#[track_caller]
pub(super) fn ask(found: &[Found], fails: &[(Step, Errno)]) -> (nix::Result<usize>, Vec<Step>) {
    let mut log = Log { fails: fails.to_vec(), ..Log::default() };
    let swept = yours(format!("{} queues", found.len()), || sweep(found, &mut log));
    (swept, log.steps)
}

/// Whether your function sweeps three dead callers as it has to; other tests say it if not.
pub(super) fn sweeps() -> bool {
    let found = [dead(1), dead(2), dead(3)];
    let mut done = None;
    let failed = practice::failure(|| done = Some(ask(&found, &[])));
    let steps = found.iter().flat_map(|found| both(*found)).collect();
    failed.is_none() && done == Some((Ok(3), steps))
}

/// The queue of a dead caller, with its sign.
pub(super) fn dead(number: i32) -> Found {
    let sign =
        Sign { set: 100 + number, creator: 1000, marked: true, life: 0, used: 1_764_000_000 };
    Found { queue: number, creator: 1000, sign: Some(sign) }
}

/// The two steps for a dead caller, in order.
pub(super) fn both(found: Found) -> [Step; 2] {
    [Step::Queue(found.queue), Step::Set(found.sign.map_or(0, |sign| sign.set))]
}
