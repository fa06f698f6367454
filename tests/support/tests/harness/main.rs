//! The harness tests itself, and it needs itself to do so.
//!
//! Where a test is to fail, it is an inner room that fails; the outer room expects it.

mod interrupt;
mod isolation;
mod probe;
mod programs;
mod raw;
mod rooms;
mod sleepers;
mod tools;
mod watchdog;
