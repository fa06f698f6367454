//! The bell as a model, in every order in which its steps can happen.
//!
//! Two senders and two receivers, in the steps of `attempt_until` and `Bell`, one memory. (The two
//! fences are what makes one memory a fair picture: what is stored before one is seen after the
//! other.) Miri cannot run the code itself, for it has no mappings that are shared.

use std::collections::HashSet;

/// How many messages there are in all.
const MESSAGES: u8 = 3;

/// What is different from the code.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    Nothing,
    /// The receiver does not look once more when it has said that it will sleep.
    NoSecondLook,
    /// The sender rings before it publishes.
    RingFirst,
    /// The first sender is killed when it is about to wake.
    Death,
    /// A wake is for one alone, and whoever gets the first is killed.
    WakeOne,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Sender {
    Publish,
    Load,
    Ring(u8),
    Wake,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Receiver {
    Take,
    Listen,
    TakeAgain(u8),
    Sleep(u8),
    Asleep,
    Dead,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct State {
    published: u8,
    taken: u8,
    bell: u8,
    /// Each with the number of messages that it has still to send.
    senders: [(Sender, u8); 2],
    receivers: [Receiver; 2],
}

impl State {
    /// What can be next: each sender's step, and each receiver's.
    fn next(&self, change: Change) -> Vec<State> {
        let mut all = Vec::new();
        for index in 0..2 {
            self.sender(index, change, &mut all);
            self.receiver(index, change, &mut all);
        }
        all
    }

    fn sender(&self, index: usize, change: Change, all: &mut Vec<State>) {
        let mut next = self.clone();
        let (step, left) = self.senders[index];
        let rings_first = change == Change::RingFirst;
        let finished = if rings_first { Sender::Publish } else { Sender::Done };
        let (step, left) = match step {
            Sender::Publish => {
                next.published += 1;
                if rings_first { (Sender::Done, left) } else { (Sender::Load, left) }
            }
            Sender::Load if self.bell % 2 == 1 => (Sender::Ring(self.bell), left),
            Sender::Load => (finished, left),
            Sender::Ring(seen) if self.bell == seen => {
                next.bell += 1;
                (Sender::Wake, left)
            }
            Sender::Ring(_) => (finished, left),
            Sender::Wake if change == Change::Death && index == 0 => (Sender::Done, 1),
            Sender::Wake if change == Change::WakeOne => {
                // Any of those who sleep; the first one is killed.
                let asleep = (0..2).filter(|one| self.receivers[*one] == Receiver::Asleep);
                for one in asleep.collect::<Vec<_>>() {
                    let mut woken = next.clone();
                    woken.senders[index] = (finished, left);
                    woken.receivers[one] = if self.receivers.contains(&Receiver::Dead) {
                        Receiver::Take
                    } else {
                        Receiver::Dead
                    };
                    all.push(woken);
                }
                if self.receivers.contains(&Receiver::Asleep) {
                    return;
                }
                (finished, left)
            }
            Sender::Wake => {
                for receiver in &mut next.receivers {
                    if *receiver == Receiver::Asleep {
                        *receiver = Receiver::Take;
                    }
                }
                (finished, left)
            }
            Sender::Done if left > 1 => {
                (if rings_first { Sender::Load } else { Sender::Publish }, left - 1)
            }
            Sender::Done => return,
        };
        next.senders[index] = (step, left);
        all.push(next);
    }

    fn receiver(&self, index: usize, change: Change, all: &mut Vec<State>) {
        let mut next = self.clone();
        let some = self.published > self.taken;
        next.receivers[index] = match self.receivers[index] {
            Receiver::Take | Receiver::TakeAgain(_) if some => {
                next.taken += 1;
                Receiver::Take
            }
            Receiver::Take => Receiver::Listen,
            Receiver::Listen => {
                next.bell |= 1;
                match change {
                    Change::NoSecondLook => Receiver::Sleep(next.bell),
                    _ => Receiver::TakeAgain(next.bell),
                }
            }
            Receiver::TakeAgain(seen) => Receiver::Sleep(seen),
            // The kernel compares and puts to sleep in one step.
            Receiver::Sleep(seen) if seen == self.bell => Receiver::Asleep,
            Receiver::Sleep(_) => Receiver::Take,
            Receiver::Asleep | Receiver::Dead => return,
        };
        all.push(next);
    }
}

/// Goes through all orders. The number of states, and one where everybody has stopped and a message
/// waits, if there is any: only a nap would end that.
fn explore(change: Change) -> (usize, Option<State>) {
    let first = if change == Change::RingFirst { Sender::Load } else { Sender::Publish };
    let start = State {
        published: 0,
        taken: 0,
        bell: 0,
        senders: [(first, MESSAGES - 1), (first, 1)],
        receivers: [Receiver::Take; 2],
    };
    let (mut seen, mut open) = (HashSet::from([start.clone()]), vec![start]);
    let mut stuck = None;
    while let Some(state) = open.pop() {
        let next = state.next(change);
        if next.is_empty() && state.taken < state.published {
            stuck = Some(state);
        }
        open.extend(next.into_iter().filter(|next| seen.insert(next.clone())));
    }
    (seen.len(), stuck)
}

#[test]
fn bell_wakes_in_every_order_of_steps() {
    let (states, stuck) = explore(Change::Nothing);
    assert_eq!(stuck, None);
    assert!(states > 1000, "{states} states");
}

#[test]
fn model_finds_the_order_in_which_a_change_loses_a_wake() {
    for change in [Change::NoSecondLook, Change::RingFirst, Change::Death, Change::WakeOne] {
        assert!(explore(change).1.is_some());
    }
}
