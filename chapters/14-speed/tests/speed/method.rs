//! What a sample may be believed to say.

use std::time::{Duration, Instant};

use ch14_speed::measure::{Crew, Placement, Stopwatch, pin};

#[test]
fn pinned_thread_stays_on_its_processor() {
    std::thread::spawn(|| {
        let [here, _] = Placement::Together.processors().unwrap();
        pin(here).unwrap();
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_millis(20) {
            assert_eq!(nix::sched::sched_getcpu().unwrap(), here);
        }
    })
    .join()
    .unwrap();
}

#[test]
fn sides_are_on_one_processor_together_and_on_two_apart() {
    let [one, same] = Placement::Together.processors().unwrap();
    assert_eq!(one, same);
    // Where there is one only, that is an error in words.
    match Placement::Apart.processors() {
        Ok([one, other]) => assert_ne!(one, other),
        Err(error) => assert!(error.to_string().contains("this takes two"), "{error}"),
    }
}

#[test]
fn process_with_threads_is_not_forked() {
    // libtest's own thread, and this one.
    let error = Crew::new().unwrap().hire(|_| Ok(())).unwrap_err();
    assert!(error.to_string().contains("cannot be forked safely"), "{error}");
}

#[test]
fn sleeps_are_counted_beside_the_time() {
    let watch = Stopwatch::start().unwrap();
    for _ in 0..10 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let elapsed = watch.elapsed();
    let sample = watch.stop(elapsed).unwrap();
    assert!(sample.sleeps >= 10, "{sample:?}");
    assert!(sample.elapsed >= Duration::from_millis(10), "{sample:?}");
}
