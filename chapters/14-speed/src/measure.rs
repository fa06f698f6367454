//! How a sample is taken: pinned, in turns, with the switches of context beside the time.

mod alone;
mod crew;
mod pin;
mod rounds;
mod stop;
mod stopwatch;

pub use alone::{enter_namespace, set_queue_capacity};
pub use crew::{Crew, Gate};
pub(crate) use pin::Unpin;
pub use pin::{Placement, pin};
pub use rounds::{Interrupted, Subject, in_rounds};
pub use stop::Stop;
pub use stopwatch::{Sample, Stopwatch};
