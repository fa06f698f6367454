//! What is measured: the list of all experiments, and how a sample of each is taken.

use std::path::PathBuf;

use anyhow::Result;

use crate::contender::{self, CONTENDERS, Contender, LONGEST};
use crate::measure::{Placement, Sample, Subject};

mod calls;
mod capacity;
mod length;
mod one_way;
mod programs;
mod round_trip;

/// What [`plan`] has to know of the place.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Where `server` and `client` are.
    pub rust: PathBuf,
    /// Where the C programs are: `server`, `client`, `bare_server`, `bare_client`.
    pub c: PathBuf,
    /// Where they may write.
    pub scratch: PathBuf,
    /// How many lines go through a pair of programs.
    pub lines: u64,
}

/// Subjects that are measured in turns.
pub struct Planned {
    /// Its name in the file of figures.
    pub experiment: &'static str,
    /// How large or how many.
    pub point: u64,
    /// Prepares the subjects.
    pub subjects: Box<dyn Fn() -> Result<Vec<Subject<'static>>>>,
}

/// The sizes of messages, in bytes.
pub const SIZES: [u64; 8] = [0, 8, 32, 128, 512, 2048, 4096, LONGEST as u64];
/// The size where only one is measured.
pub const SIZE: u64 = 32;
/// How many processes send at once.
pub const SENDERS: [u64; 6] = [1, 2, 4, 8, 16, 32];
/// How many messages of one byte are in the queue already.
pub const LENGTHS: [u64; 6] = [0, 10, 100, 1000, 4000, 16_000];
/// How many bytes a queue holds; the first is what Linux gives it.
pub const CAPACITIES: [u64; 4] = [16_384, 32_768, 65_536, 262_144];

/// Everything, in the order of measuring. What one line of it needs, it makes itself, so that any
/// of them can be left out.
#[must_use]
pub fn plan(setting: &Setting) -> Vec<Planned> {
    let mut plan = vec![planned("calls", SIZE, |_| Ok(calls::subjects()))];
    for placement in [Placement::Together, Placement::Apart] {
        let [one_way, round_trip] = match placement {
            Placement::Together => ["one-way-1", "round-trip-1"],
            Placement::Apart => ["one-way-2", "round-trip-2"],
        };
        for size in SIZES {
            plan.push(planned(one_way, size, move |size| {
                Ok(contenders(move |contender, count| {
                    one_way::sample(contender, placement, size as usize, 1, count)
                }))
            }));
        }
        plan.push(planned(round_trip, SIZE, move |size| {
            Ok(contenders(move |contender, count| {
                round_trip::sample(contender, placement, size as usize, count)
            }))
        }));
    }
    for senders in SENDERS {
        plan.push(planned("senders", senders, |senders| {
            let mut all = contenders(move |contender, count| {
                one_way::sample(contender, Placement::Apart, SIZE as usize, senders, count)
            });
            all.retain(|it| contender::named(&it.name).is_some_and(|it| it.many_senders));
            Ok(all)
        }));
    }
    plan.extend(LENGTHS.map(|length| planned("length", length, length::subjects)));
    plan.extend(CAPACITIES.map(|bytes| planned("capacity", bytes, |b| Ok(capacity::subjects(b)))));
    let for_programs = setting.clone();
    plan.push(planned("programs", setting.lines, move |_| programs::subjects(&for_programs)));
    plan
}

fn planned(
    experiment: &'static str,
    point: u64,
    subjects: impl Fn(u64) -> Result<Vec<Subject<'static>>> + 'static,
) -> Planned {
    Planned { experiment, point, subjects: Box::new(move || subjects(point)) }
}

/// One subject for each contender.
fn contenders(
    sample: impl Fn(&Contender, u64) -> Result<Sample> + Copy + 'static,
) -> Vec<Subject<'static>> {
    let subject = |contender: &'static Contender| Subject {
        name: contender.name.to_owned(),
        run: Box::new(move |count| sample(contender, count)),
        operations: None,
    };
    CONTENDERS.iter().map(subject).collect()
}
