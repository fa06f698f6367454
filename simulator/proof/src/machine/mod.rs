//! The comparison: the same random calls on the model and on the kernel, and every answer compared.
//!
//! A [`Case`] is a namespace, a few processes and a sequence of operations. [`compare`] plays it on
//! both sides. After each step it compares what the call returned, who was woken and with what, who
//! is asleep, and of every queue its status and its messages. A [`Difference`] reports what was
//! done up to it, in sentences.
//!
//! Where the kernel lets woken processes race, the model is not one state but several: each that
//! the kernel may be in, until something tells them apart. Where the kernel of the proof lets them
//! run in the order of waking ([`Real::in_order`](crate::Real::in_order)), the model has to have
//! the same order.

mod case;
mod compare;
mod models;
mod numbers;
mod operation;
mod people;
mod report;
mod resolver;
mod run;
mod stats;
mod step;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use case::{Case, case};
pub use compare::compare;
pub use people::People;
pub use report::Difference;
pub use run::{Found, run};
pub use stats::Stats;
