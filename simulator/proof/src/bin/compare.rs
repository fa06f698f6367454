//! What `cargo xtask compare` starts: the model and the kernel of this machine, for as long as one
//! likes.
//!
//! Takes the number of operations, the seed, and whether woken processes are to race. The exit
//! status is 1, after a report, if the two differ.

use std::process::ExitCode;
use std::time::Instant;

use nix::sched::{CloneFlags, unshare};
use simulator::Limits;
use simulator_proof::Real;
use simulator_proof::machine::{self, People, Stats};

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let racing = args.last().is_some_and(|last| last == "racing");
    args.truncate(args.len() - usize::from(racing));
    let numbers: Option<Vec<u64>> = args.iter().map(|arg| arg.parse().ok()).collect();
    let Some([operations, seed]) = numbers.as_deref() else {
        eprintln!("usage: compare OPERATIONS SEED [racing]");
        return ExitCode::from(2);
    };
    if let Err(errno) = unshare(CloneFlags::CLONE_NEWIPC) {
        eprintln!(
            "compare: cannot make an IPC namespace ({errno}), which keeps the queues of this machine out of it: \
             run it as root, or with `unshare --user --map-root-user --ipc` in front"
        );
        return ExitCode::FAILURE;
    }
    let real = if racing { Real::racing(Limits::default()) } else { Real::new(Limits::default()) };
    compare(real, *operations, *seed)
}

fn compare(mut real: Real, operations: u64, seed: u64) -> ExitCode {
    let begin = Instant::now();
    println!("compare: {operations} operations, seed {seed}");
    let mut printed = 0;
    let progress = |stats: &Stats| {
        if stats.operations / 100_000 > printed {
            printed = stats.operations / 100_000;
            let seconds = begin.elapsed().as_secs();
            println!("compare: {} operations, {seconds} s", stats.operations);
        }
    };
    let people = People::here(&mut real);
    let result = machine::run(&mut real, seed, operations, people, progress);
    let seconds = begin.elapsed().as_secs_f64();
    match result {
        Ok(stats) => {
            println!("{stats}");
            println!(
                "compare: no difference in {} operations, {} cases; seed {seed}, {seconds:.0} s",
                stats.operations, stats.cases
            );
            ExitCode::SUCCESS
        }
        Err(found) => {
            println!("{found}");
            println!("compare: seed {seed}, {seconds:.0} s");
            ExitCode::FAILURE
        }
    }
}
