//! Waiting until everything is quiet, by looking.

use std::thread;
use std::time::{Duration, Instant};

use simulator::Pid;

use super::{Actor, Real};
use crate::look::Steps;
use crate::process::Process;

impl Real {
    /// Waits until everybody has returned or is asleep in a call.
    pub(super) fn settle(&self) {
        let begun = Instant::now();
        let mut looks = 0_u64;
        while !self.is_quiet() {
            looks += 1;
            if looks % 1024 == 0 {
                self.complain(begun.elapsed());
            }
            thread::yield_now();
        }
    }

    /// Whether there was a moment, before this returned, at which everybody had returned or was asleep.
    ///
    /// Looking at one after the other is not enough, since the second may wake the first meanwhile. So
    /// each is looked at twice: if it was asleep both times and has not run in between, it slept from
    /// its first look to its second, and the moment between the two rounds lies in all these times.
    fn is_quiet(&self) -> bool {
        let busy = || {
            let processes = self.processes.iter().map(|actor| &actor.process);
            processes.filter(|process| process.is_busy())
        };
        let mut first: Vec<(&Process, Steps)> = Vec::new();
        for process in busy() {
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
        for (index, Actor { process, .. }) in self.processes.iter().enumerate() {
            let number = index + 1;
            assert!(!process.is_dead(), "process {number} has died");
            let stuck = process.is_busy() && !process.look.is_asleep();
            assert!(
                !stuck || waited < Duration::from_secs(20),
                "process {number} neither returns nor sleeps in a message call: its state is {:?}",
                process.look.state().map(char::from)
            );
        }
    }

    /// Takes note of those who have been woken and have returned.
    pub(super) fn collect(&mut self) {
        let mut ended = Vec::new();
        for (index, actor) in self.processes.iter_mut().enumerate() {
            if actor.process.is_busy() {
                continue;
            }
            if let Some(kind) = actor.call.take() {
                let end = actor.ended(kind);
                ended.push((actor.process.place(), (Pid(index as i32 + 1), end)));
            }
        }
        ended.sort_by_key(|(place, _)| *place);
        self.woken.extend(ended.into_iter().map(|(_, end)| end));
    }
}
