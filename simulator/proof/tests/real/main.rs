//! The kernel behind the calls of the model: that it is the kernel, and that it keeps what it promises.

mod route;
mod sleepers;
mod speed;
mod world;

use simulator::{Limits, Outcome};
use simulator_proof::{Calls, Real};

/// A namespace with the usual limits.
fn real() -> Real {
    Real::new(Limits::default())
}

fn done<T>(outcome: Outcome<T>) -> Result<T, simulator::Errno> {
    match outcome {
        Outcome::Done(result) => result,
        Outcome::Asleep => panic!("the call sleeps"),
    }
}

fn root(real: &mut Real) -> simulator::Pid {
    real.spawn(Real::root())
}
