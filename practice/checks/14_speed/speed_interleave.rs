use super::*;
use nix::errno::Errno;
use practice::yours;

#[path = "speed_interleave/machine.rs"]
mod machine;
use machine::{Machine, PREPARATION, Step, takes};

const ROUNDS: [usize; 5] = [2, 1, 3, 10, 101];

/// Whether all runs of `b`, several, come after all of `a`.
fn in_a_row(order: &str) -> bool {
    let (a, b) = order.split_at(order.len() / 2);
    b.len() > 1 && a.chars().all(|who| who == 'a') && b.chars().all(|who| who == 'b')
}

#[test]
fn contenders_run_in_turns() {
    for rounds in ROUNDS {
        let machine = Machine::default();
        let _ = machine.ask(rounds);
        let order = machine.order();
        assert!(
            !in_a_row(&order) && !in_a_row(order.get(2 * WARM_UP..).unwrap_or_default()),
            "you run `a` first, all {} times, and then `b`: whatever happens to the machine meanwhile happens to \
             `b` alone",
            machine.runs('a')
        );
        let due = rounds + WARM_UP;
        for who in ['a', 'b'] {
            let runs = machine.runs(who);
            assert!(
                runs != rounds,
                "`{who}` runs {runs} times for {rounds} rounds: nothing of that is a warm-up, and the first runs \
                 are always slow"
            );
            assert!(
                runs == due,
                "`{who}` must run {due} times, {WARM_UP} to get warm and {rounds} to be measured, and it runs \
                 {runs} times"
            );
        }
        let (warm_up, measured) = order.split_at(2 * WARM_UP);
        assert!(
            warm_up.matches('a').count() == WARM_UP,
            "the first {} runs must warm up both, and they are {warm_up}: then whoever is missing is \
             measured cold",
            2 * WARM_UP
        );
        let turns: String = (0..rounds).map(|round| ["ab", "ba"][round % 2]).collect();
        assert!(
            measured != "ab".repeat(rounds) || rounds < 2,
            "`a` begins each round: if the machine gets slower, `b` always has the worse half; let them take \
             turns in that, too"
        );
        assert!(
            measured == turns,
            "the rounds should be {turns}, and yours are {measured}: one run of each, and they take turns in \
             who begins"
        );
    }
}

/// Whether they run as often as they should, in the right order; another test says it if not.
fn runs_well() -> bool {
    practice::failure(contenders_run_in_turns).is_none()
}

#[test]
fn each_run_is_prepared() {
    if !runs_well() {
        return;
    }
    for rounds in ROUNDS {
        let machine = Machine::default();
        let _ = machine.ask(rounds);
        let steps = machine.steps.take();
        for who in ['a', 'b'] {
            let own =
                steps.iter().filter(|step| [Step::Prepare(who), Step::Run(who)].contains(step));
            let own: Vec<Step> = own.copied().collect();
            let prepared = own.iter().filter(|step| matches!(step, Step::Prepare(_))).count();
            assert!(
                own.chunks(2).all(|pair| pair == [Step::Prepare(who), Step::Run(who)]),
                "`{who}` runs {} times, and is prepared {prepared} times: once before each run, the first ones \
                 too",
                rounds + WARM_UP
            );
        }
    }
}

#[test]
fn run_alone_is_measured() {
    for rounds in [0, 1, 2, 3, 10, 101] {
        let machine = Machine::default();
        let times = match machine.ask(rounds) {
            Ok(times) => times,
            Err(errno) => panic!("nothing has failed, and you return Err({errno:?})"),
        };
        if !runs_well() {
            return;
        }
        let due = |nth| Round { a: takes('a', WARM_UP + nth), b: takes('b', WARM_UP + nth) };
        assert!(
            times.len() == rounds,
            "{rounds} rounds were wanted, and you return {}: one for each, and none for the warm-up",
            times.len()
        );
        for (nth, round) in times.into_iter().enumerate() {
            let Round { a, b } = due(nth);
            let number = nth + 1;
            assert!(
                (round.a, round.b) != (b, a),
                "in round {number} `a` took {a:?} and `b` {b:?}, and you have it the other way round"
            );
            for (who, time, right) in [('a', round.a, a), ('b', round.b, b)] {
                assert!(
                    time != right + PREPARATION,
                    "in round {number} you measure the preparation of `{who}` with the run: {time:?} in place \
                     of {right:?}"
                );
                assert!(
                    time >= right,
                    "in round {number} `{who}` took {right:?}, and you return {time:?}: a run must be over when \
                     you look at the clock"
                );
                assert!(
                    time == right,
                    "in round {number} `{who}` took {right:?}, and you return {time:?}: between the two looks at \
                     the clock is something else than this run"
                );
            }
        }
    }
}

#[test]
fn errors_end_it() {
    if !runs_well() {
        return;
    }
    let rounds = 3;
    let all = 4 * (WARM_UP + rounds);
    for errno in [Errno::EAGAIN, Errno::EIDRM, Errno::EINTR, Errno::ENOMEM] {
        for nth in 1..=all {
            let machine = Machine { fails: Some((nth, errno)), ..Machine::default() };
            let times = machine.ask(rounds);
            let done = machine.done();
            // Another test has words for a function that does not prepare each run.
            if done < nth {
                return;
            }
            let (what, when) = (
                if nth % 2 == 1 { "preparation" } else { "run" },
                if nth > 4 * WARM_UP { "in a round" } else { "in the warm-up" },
            );
            assert!(
                times.is_err(),
                "a {what} failed {when} ({errno:?}), and you return Ok: what did nothing may have been quick"
            );
            assert!(
                times == Err(errno),
                "a {what} failed {when} ({errno:?}), and you return {times:?}: hand it on as it is"
            );
            assert!(
                done == nth,
                "a {what} failed {when} ({errno:?}), and you do {} more steps before you return it",
                done - nth
            );
        }
    }
}
