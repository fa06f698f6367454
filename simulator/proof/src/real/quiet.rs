//! Waiting until everything is quiet, by looking.

use std::thread;
use std::time::{Duration, Instant};

use simulator::{Errno, Pid};

use super::{Actor, Answer, Kind, Real};
use crate::look::Steps;
use crate::process::{Process, Reply};

impl Real {
    /// Waits until everybody has returned or is asleep in a call: who has, from what, in their
    /// order.
    pub(super) fn settle(&mut self) -> Vec<(Pid, Kind, Answer)> {
        let begun = Instant::now();
        let mut answers = Vec::new();
        for looks in 1_u64.. {
            while let Ok(len) = self.replies.1.recv(&mut self.line) {
                answers.push(self.answer(len));
            }
            if self.is_quiet() {
                break;
            }
            if looks % 1024 == 0 {
                self.complain(begun.elapsed());
            }
            thread::yield_now();
        }
        answers
    }

    /// Whether there was a moment, before this returned, at which everybody who has not been seen
    /// returning was asleep.
    ///
    /// Looking at one after the other is not enough, since the second may wake the first meanwhile.
    /// So each is looked at twice: if it was asleep both times and has not run in between, it slept
    /// from its first look to its second, and the moment between the two rounds lies in all these
    /// times.
    fn is_quiet(&self) -> bool {
        let mut first: Vec<(&Process, Steps)> = Vec::new();
        for Actor { process, .. } in self.processes.iter().filter(|actor| actor.busy.is_some()) {
            let steps = process.look.steps();
            if !process.look.is_asleep() {
                return false;
            }
            first.push((process, steps));
        }
        first
            .iter()
            .all(|(process, steps)| process.look.is_asleep() && process.look.steps() == *steps)
    }

    fn complain(&self, waited: Duration) {
        for (Actor { process, busy }, number) in self.processes.iter().zip(1..) {
            assert!(!process.is_dead(), "process {number} has died");
            let stuck = busy.is_some() && !process.look.is_asleep();
            assert!(
                !stuck || waited < Duration::from_secs(20),
                "process {number} neither returns nor sleeps in a message call: its state is {:?}",
                process.look.state().map(char::from)
            );
        }
    }

    fn answer(&mut self, len: usize) -> (Pid, Kind, Answer) {
        let Reply { id, result } =
            serde_json::from_slice(&self.line[..len]).expect("a process replies");
        let mut processes = self.processes.iter_mut().zip(1..);
        let (actor, number) = processes
            .find(|(actor, _)| actor.process.id() == id)
            .expect("who replies is one of ours");
        let kind = actor.busy.take().expect("who replies was asked");
        (Pid(number), kind, result.map_err(errno_of))
    }
}

/// The model's name for an errno.
fn errno_of(errno: i32) -> Errno {
    Errno::from_raw(errno).unwrap_or_else(|| {
        let name = nix::errno::Errno::from_raw(errno);
        panic!("the kernel says {name}, which the model never does")
    })
}
