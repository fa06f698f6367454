//! `cargo xtask compare`: the model and the kernel of this machine, for as long as one likes.
//!
//! Takes the number of operations and the seed. Exit status 1 and a story if they differ.

use std::process::ExitCode;
use std::time::Instant;

use simulator::Limits;
use simulator_proof::Real;
use simulator_proof::machine::{self, Figures, People};

fn main() -> ExitCode {
    let numbers: Option<Vec<u64>> = std::env::args()
        .skip(1)
        .map(|arg| arg.parse().ok())
        .collect();
    let Some([operations, seed]) = numbers.as_deref() else {
        eprintln!("usage: compare OPERATIONS SEED (two numbers)");
        return ExitCode::from(2);
    };
    compare(*operations, *seed)
}

fn compare(operations: u64, seed: u64) -> ExitCode {
    let begin = Instant::now();
    let people = People::here();
    println!("compare: {operations} operations, seed {seed}");
    let mut real = Real::new(Limits::default());
    let mut told = 0;
    let progress = |figures: &Figures| {
        if figures.operations / 100_000 > told {
            told = figures.operations / 100_000;
            let seconds = begin.elapsed().as_secs();
            println!("compare: {} operations, {seconds} s", figures.operations);
        }
    };
    match machine::run(&mut real, seed, operations, people, progress) {
        Ok(figures) => {
            println!("{figures}");
            println!(
                "compare: no difference in {} operations, {} cases; seed {seed}, {:.0} s",
                figures.operations,
                figures.cases,
                begin.elapsed().as_secs_f64()
            );
            ExitCode::SUCCESS
        }
        Err(found) => {
            println!("{found}");
            println!(
                "compare: seed {seed}, {:.0} s",
                begin.elapsed().as_secs_f64()
            );
            ExitCode::FAILURE
        }
    }
}
