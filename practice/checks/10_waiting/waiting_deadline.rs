use super::*;
use practice::{SystemClock, Worker, alone, edges, queue, send, until, yours};
use std::time::Instant;

#[path = "waiting_deadline/errors.rs"]
mod errors;
#[path = "waiting_deadline/world.rs"]
mod world;
use world::World;

const MICROSECOND: Duration = Duration::from_micros(1);
const LIMITS: [Duration; 7] = [
    Duration::from_nanos(1),
    Duration::from_micros(7),
    Duration::from_nanos(999_999),
    Duration::from_micros(20_500),
    Duration::from_millis(200),
    Duration::from_secs(3),
    Duration::from_secs(150),
];

/// Worlds in which a pause ends late, or a look takes time.
fn worlds() -> [World; 3] {
    [
        World::default(),
        World { late: Duration::from_micros(60), ..World::default() },
        World { look: Duration::from_micros(3), ..World::default() },
    ]
}

#[test]
fn limit_is_kept() {
    for limit in LIMITS {
        for mut world in worlds() {
            let (taken, end) = world.ask(limit, "a limit, and no message");
            assert!(
                taken == Ok(None),
                "no message came within {limit:?}, which is `None`, and you return {taken:?}"
            );
            let pauses = world.pauses.take();
            let looks = world.looks.take();
            let last = looks.last().copied();
            assert!(
                last.is_some() && end >= limit,
                "the limit was {limit:?}, and you give up after {end:?}, at look {}: a message may still \
                 come",
                looks.len()
            );
            assert!(
                last >= Some(limit) || !world.look.is_zero(),
                "the limit is over after {limit:?}, and your last look began before, after {last:?}: what \
                 comes between the two is not seen"
            );
            assert!(
                last >= Some(limit),
                "the limit is over after {limit:?}, and your last look began before, after {last:?}, and \
                 took its time. First ask the clock, then look, so that the last look is not too early"
            );
            if let (Some((pause, left)), true) =
                (world.beyond.get(), world.late + world.look < FIRST)
            {
                panic!("{left:?} were left of the limit, and your pause is {pause:?} long");
            }
            assert!(
                end <= limit + 2 * (world.late + world.look),
                "the limit was {limit:?}, and you return after {end:?}: a pause ends later than you asked, \
                 and a look takes time, so only the clock knows how much is left"
            );
            pauses_grow(&pauses);
        }
    }
}

/// All but the last, which may be cut short.
#[track_caller]
fn pauses_grow(pauses: &[Duration]) {
    let mut due = FIRST;
    for (number, pause) in (1..).zip(pauses) {
        let is_last = number == pauses.len();
        assert!(
            *pause <= LONGEST,
            "pause {number} is {pause:?} long, and {LONGEST:?} is the longest: for so long a message \
             waits that comes just after a look"
        );
        assert!(
            *pause == due || (is_last && *pause < due),
            "pause {number} must be {due:?} long, twice the one before, and yours is {pause:?}"
        );
        due = LONGEST.min(2 * due);
    }
}

#[test]
fn zero_is_one_look() {
    let mut world = World::default();
    let (taken, _) = world.ask(Duration::ZERO, "a limit of 0");
    let (looks, pauses) = (world.looks.take().len(), world.pauses.take().len());
    assert!(
        taken == Ok(None) && (1..=2).contains(&looks) && pauses == 0,
        "with a limit of 0 one look is all: you return {taken:?} after {looks} looks and {pauses} pauses"
    );
    let message = Some((Duration::ZERO, b"hello".to_vec())).into();
    let mut world = World { message, ..World::default() };
    let (taken, _) = world.ask(Duration::ZERO, "a limit of 0 and a message");
    assert!(
        taken == Ok(Some(b"hello".to_vec())),
        "a message is there, a limit of 0 is a look, and you return {taken:?}"
    );
}

#[test]
fn message_is_returned_whenever_it_comes() {
    let limit = Duration::from_millis(20);
    for comes in [Duration::ZERO, MICROSECOND, limit / 2, limit] {
        for world in worlds() {
            let message = Some((comes, b"hello".to_vec())).into();
            let mut world = World { message, ..world };
            let (taken, end) = world.ask(limit, "a message within the limit");
            assert!(
                comes == limit || taken == Ok(Some(b"hello".to_vec())),
                "the limit was {limit:?}, a message came after {comes:?}, and you return {taken:?}"
            );
            // Another test has words for a last look that comes too early.
            assert!(
                taken == Ok(Some(b"hello".to_vec())) || world.looks.take().last() < Some(&limit),
                "your last look has taken a message out, and you return {taken:?}: it is lost"
            );
            assert!(
                end <= comes + 2 * LONGEST,
                "a message came after {comes:?}, and you return after {end:?}"
            );
        }
    }
    for (what, bytes) in edges::bytes() {
        let message = Some((3 * MICROSECOND, bytes.clone())).into();
        let mut world = World { message, ..World::default() };
        let (taken, _) = world.ask(limit, "a message within the limit");
        assert!(
            taken == Ok(Some(bytes)),
            "a message with {what} came, and you return something else: whatever is in it, it is one"
        );
    }
}

#[test]
fn endless_limit_ends_with_a_message() {
    let message = Some((Duration::from_millis(50), b"hello".to_vec())).into();
    let mut world = World { message, ..World::default() };
    let (taken, _) = world.ask(Duration::MAX, "a limit of Duration::MAX");
    assert!(
        taken == Ok(Some(b"hello".to_vec())),
        "a limit of Duration::MAX is never over, a message came, and you return {taken:?}"
    );
}

/// Whether your function returns at all, and calls nothing else; another test says it if not.
fn returns() -> bool {
    practice::failure(|| _ = World::default().ask(LONGEST, "a limit, and no message")).is_none()
}

#[test]
fn real_queue_and_real_clock_agree() {
    alone(|room| {
        if !returns() {
            return;
        }
        let queue = queue(room);
        let limit = Duration::from_millis(30);
        let begin = Instant::now();
        let worker = Worker::start(move || take_within(&queue, &SystemClock, limit));
        until("your function to return, as its 30 ms are over", || worker.has_ended());
        let passed = begin.elapsed();
        let taken = worker.returned("an empty queue");
        assert!(
            taken == Ok(None) && passed >= limit,
            "a real queue was empty for {limit:?}, and you return {taken:?} after {passed:?}"
        );
        let long = Duration::from_secs(60);
        let worker = Worker::start(move || take_within(&queue, &SystemClock, long));
        until("your function to pause", || worker.is_sleeping() || worker.has_ended());
        send(queue.id(), 7, b"hello").expect("room for it");
        until("your function to return the message that came", || worker.has_ended());
        let taken = worker.returned("a message");
        assert!(
            taken == Ok(Some(b"hello".to_vec())),
            "a message came while you paused between two looks into a real queue, and you return {taken:?}"
        );
        room.remove(queue.id());
    });
}
