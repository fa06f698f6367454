//! What a sample may be believed to say.

use std::time::{Duration, Instant};

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::{OwnedQueue, Status};
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
fn sender_is_done_before_anything_is_received() {
    // Whoever stops the clock at the sender's end measures half of what happens.
    support::alone(|room| {
        let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).unwrap();
        room.watch(queue.id());
        let owned = OwnedQueue::new(queue);
        let mut sender = Sender::new(owned.queue());
        for _ in 0..512 {
            sender.try_send(MessageType::ONE, &[0; 32]).unwrap();
        }
        assert_eq!(Status::of(owned.queue()).unwrap().messages, 512);
    });
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
