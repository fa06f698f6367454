//! Random calls, the same ones in each run of the tests, on the model and on the kernel.
//!
//! `cargo xtask compare` does the same for a million operations, and from another seed each time.

mod ids;

use simulator::Limits;
use simulator_proof::Real;
use simulator_proof::machine::{People, run};

fn compare(mut real: Real, seed: u64, operations: u64) {
    let people = People::here(&mut real);
    // Each of the orders that are possible takes its time.
    let operations = if people.in_order { operations } else { operations / 5 };
    match run(&mut real, seed, operations, people, |_| {}) {
        Ok(stats) => {
            println!("{stats}");
            assert!(stats.operations >= operations);
        }
        Err(found) => panic!("{found}"),
    }
}

#[test]
fn model_does_what_the_kernel_does() {
    support::in_namespace(|_| compare(Real::new(Limits::default()), 1, 12_000));
}

#[test]
fn choice_of_the_kernel_is_one_of_the_models() {
    support::in_namespace(|_| compare(Real::racing(Limits::default()), 2, 8_000));
}
