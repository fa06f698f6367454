//! The kernel behind the calls of the model: that it is the kernel, and that it keeps what it
//! promises.

mod route;
mod sleepers;
mod speed;
mod world;

use simulator::Limits;
use simulator_proof::{Calls, Real};

/// In a namespace with the usual limits.
fn with_real(test: impl FnOnce(Real)) {
    support::in_namespace(|_| test(Real::new(Limits::default())));
}

fn root(real: &mut Real) -> simulator::Pid {
    real.spawn(Real::root())
}
