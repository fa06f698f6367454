//! How many operations a second, for whoever asks: run with --nocapture. No figure is demanded.

use std::time::Instant;

use simulator::{IPC_NOWAIT, IPC_PRIVATE, Limits, Outcome};
use simulator_proof::Calls;

use crate::{root, with_real};

#[test]
fn operations_are_made_by_the_thousand() {
    with_real(|mut real| {
        let (one, two) = (root(&mut real), root(&mut real));
        let id = real.msgget(one, IPC_PRIVATE, 0o600).expect("one may be");
        let rounds = 2000;
        let begun = Instant::now();
        for _ in 0..rounds {
            assert_eq!(real.msgsnd(one, id, 1, b"text", IPC_NOWAIT).done(), Ok(()));
            assert!(real.msgrcv(two, id, 10, 0, IPC_NOWAIT).done().is_ok());
        }
        tell("that do not sleep", 2 * rounds, begun);

        let begun = Instant::now();
        for _ in 0..rounds {
            assert_eq!(real.msgrcv(two, id, 10, 0, 0), Outcome::Asleep);
            assert_eq!(real.msgsnd(one, id, 1, b"text", 0).done(), Ok(()));
            assert_eq!(real.woken().len(), 1);
        }
        tell("of which half sleep", 2 * rounds, begun);

        let begun = Instant::now();
        let runs = 100;
        for _ in 0..runs {
            real.reset(Limits::default());
            for _ in 0..4 {
                root(&mut real);
            }
        }
        let each = begun.elapsed() / runs;
        println!("another namespace with four processes: {each:?}");
    });
}

fn tell(which: &str, count: u32, begun: Instant) {
    let second = f64::from(count) / begun.elapsed().as_secs_f64();
    println!("{second:.0} operations a second {which}");
}
