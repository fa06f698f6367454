//! Standard input and output for programs that must not lose what they read or print.
//!
//! Rust's own handles hide three things that a message can be lost to. This crate reports them.
//!
//! * A descriptor that was **closed** when the program started (`>&-`): Rust's runtime opens
//!   `/dev/null` in its place before `main`, so every write succeeds and nothing is shown.
//! * A descriptor that is open **the wrong way round** (`1</dev/null`): the standard library takes
//!   `EBADF` on standard output for success.
//! * A descriptor that another program made **non-blocking** (`O_NONBLOCK` belongs to the open
//!   file, not to the program): `EAGAIN` is neither the end nor an error. [`Input`] and [`Output`]
//!   wait.
//!
//! ```no_run
//! use std::io::{BufRead, BufReader, Write};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut output = streams::stdout()?; // before anything is touched
//! for line in BufReader::new(streams::stdin()?).lines() {
//!     writeln!(output, "{}", line?)?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`program`] is the frame of the small programs `ch01` to `ch06`: arguments, usage, exit status.
//!
//! # Limits
//!
//! A `/dev/null` that somebody chose is as good as a terminal. What happens to a descriptor after
//! the program's start is not looked at. The runtime's handles (`println!`, `io::stdin()`) stay as
//! they are: a program that uses this crate leaves them alone.

mod error;
#[path = "../../chapters/01-key-setup/src/platform.rs"]
mod platform;
mod program;
mod start;
mod stream;

pub use error::{Error, explain};
pub use program::{Failure, argument, program};
pub use stream::{Input, Output, report, report_file_size_limit, stdin, stdout};
