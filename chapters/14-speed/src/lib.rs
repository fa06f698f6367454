//! How fast is it: every figure of the book's page, measured by one command.
//!
//! [`plan`](experiment::plan) lists what is measured, [`in_rounds`](measure::in_rounds) measures
//! contenders in turns, [`Figures`](figures::Figures) is the file with all samples and the machine
//! that they come from. The rest is made from that file and from nothing else: the tables and
//! numbers that the page includes ([`report`]), and the plots ([`plot`]).
//!
//! ```
//! use ch14_speed::statistics::{Quartiles, ratio};
//!
//! // Five rounds. During the third the machine did something else, to both.
//! let queue = [0.9, 1.0, 3.0, 1.0, 0.8];
//! let pipe = [0.6, 0.5, 1.5, 0.5, 0.6];
//!
//! assert_eq!(Quartiles::of(&queue).median, 1.0);
//! assert_eq!(ratio(&queue, &pipe), 2.0);
//! ```
//!
//! # Limits
//!
//! Linux only, and two processors at least. The figures say how these mechanisms compare on one
//! machine in one run; another machine has others.

#![cfg(target_os = "linux")]

pub mod contender;
pub mod experiment;
pub mod figures;
pub mod kept;
pub mod machine;
pub mod measure;
pub mod plot;
pub mod progress;
pub mod report;
pub mod statistics;
