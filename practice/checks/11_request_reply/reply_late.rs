use super::*;
use nix::errno::Errno;
use practice::{Reply, edges, errnos, yours};

#[path = "reply_late/world.rs"]
mod world;
use world::World;

const LIMIT: Duration = Duration::from_millis(200);

#[test]
fn replies_to_other_requests_are_thrown_away() {
    // Earlier numbers, one that begins anew, one that differs in its upper half, and the largest.
    for (number, others) in [
        (7, vec![6]),
        (7, vec![6, 5]),
        (2, vec![u64::MAX, 1]),
        (0, vec![u64::MAX]),
        ((1 << 32) + 7, vec![7]),
        (u64::MAX, vec![0, 1 << 63]),
        (1000, (0..1000).collect()),
    ] {
        let mut replies: Vec<_> = others.iter().map(|other| (0, *other, "another")).collect();
        replies.push((50, number, "the answer"));
        let world = World::new(&replies);
        let (reply, _) = world.ask(number, LIMIT, "a reply to another request");
        assert!(
            reply != Ok(Some(b"another".to_vec())),
            "you asked with number {number}, and return the reply to number {}: that request was given up, \
             and its answer has come late",
            others[0]
        );
        assert!(
            reply != Ok(None) || others.len() > 1,
            "a late reply came first, then the one to number {number}, in time, and you return None: a \
             reply to another request is no reason to give up"
        );
        assert!(
            reply != Ok(None),
            "{} late replies came first, then the one to number {number}, in time, and you return None: \
             how many may there be?",
            others.len()
        );
        assert!(
            reply == Ok(Some(b"the answer".to_vec())),
            "the reply to number {number} came in time, after {} late ones, and you return {reply:?}",
            others.len()
        );
    }
}

/// Whether your function throws the reply to another request away; another test says it if not.
fn throws_away() -> bool {
    [&[6][..], &[6, 5, 8]].into_iter().all(|others| {
        let mut replies: Vec<_> = others.iter().map(|other| (0, *other, "another")).collect();
        replies.push((1, 7, "the answer"));
        let asked = practice::failure(|| {
            let (reply, _) = World::new(&replies).ask(7, LIMIT, "a reply to another request");
            assert!(reply == Ok(Some(b"the answer".to_vec())));
        });
        asked.is_none()
    })
}

#[test]
fn late_replies_do_not_make_the_limit_longer() {
    if !throws_away() {
        return;
    }
    for (limit, every) in [(200, 50), (200, 150), (10, 1), (5000, 4999)] {
        let late = (1..100).map(|number| (every * number, number, "another"));
        let mut replies: Vec<_> = late.collect();
        let comes = every * 99 + 1;
        replies.push((comes, 1000, "the answer"));
        for call in [0, 30] {
            let world = World { call: Duration::from_micros(call), ..World::new(&replies) };
            let limit = Duration::from_millis(limit);
            let (reply, took) = world.ask(1000, limit, "late replies");
            assert!(
                took <= limit + Duration::from_millis(10),
                "the limit was {limit:?}, a late reply came every {every} ms, and you return after {took:?}: \
                 each of them must leave you less time, not as much as before"
            );
            assert!(
                reply == Ok(None) && took >= limit,
                "the limit was {limit:?}, the reply came after {comes} ms, and you return {reply:?} after \
                 {took:?}"
            );
        }
    }
}

#[test]
fn limit_is_kept_without_any_reply() {
    for limit in [Duration::ZERO, Duration::from_nanos(1), LIMIT, Duration::from_secs(3600)] {
        let world = World::default();
        let (reply, took) = world.ask(7, limit, "no reply");
        assert!(
            reply == Ok(None) && took == limit,
            "no reply came within {limit:?}, which is `None`, and you return {reply:?} after {took:?}"
        );
    }
}

#[test]
fn reply_counts_until_the_last_moment() {
    for (comes, limit) in [(0, 0), (0, 200), (199, 200), (200, 200)] {
        let world = World::new(&[(comes, 7, "the answer"), (comes, 7, "once more")]);
        let (reply, _) = world.ask(7, Duration::from_millis(limit), "a reply in time");
        assert!(
            reply == Ok(Some(b"the answer".to_vec())),
            "the limit was {limit} ms, the reply came in time, after {comes} ms, and you return {reply:?}"
        );
        assert!(
            world.left() == 1,
            "the reply was there, and you have asked for one more: stop when you have what you waited for"
        );
    }
    for (what, bytes) in edges::bytes() {
        let world = World::default();
        let reply = Reply { number: 7, text: bytes.clone() };
        world.replies.borrow_mut().push_back((Duration::ZERO, reply));
        let (reply, _) = world.ask(7, LIMIT, "a reply in time");
        assert!(
            reply == Ok(Some(bytes)),
            "a reply with {what} came in time, and you return {reply:?}"
        );
    }
}

#[test]
fn error_ends_it_whenever_it_comes() {
    for nth in [1, 2, 4] {
        for errno in errnos::but(&errnos::RECEIVE, &[Errno::ENOMSG, Errno::E2BIG]) {
            if nth > 1 && !throws_away() {
                return;
            }
            let late = [(10, 1, "another"), (20, 2, "another"), (30, 3, "another")];
            let mut replies = late.to_vec();
            replies.push((40, 7, "the answer"));
            let world = World { fails: Some((nth, errno)), ..World::new(&replies) };
            let (reply, _) = world.ask(7, LIMIT, "an error");
            let calls = world.calls.get();
            assert!(
                reply.is_err() && calls == nth,
                "call {nth} of `next` failed with {errno:?}, and you go on, or take it for \"no reply\": you \
                 return {reply:?} after call {calls}"
            );
            assert!(
                reply == Err(errno),
                "call {nth} of `next` failed with {errno:?}, and you return {reply:?}: hand it on as it is"
            );
        }
    }
}

#[test]
fn endless_limit_ends_with_the_reply() {
    if !throws_away() {
        return;
    }
    let world = World::new(&[(10, 6, "another"), (50, 7, "the answer")]);
    let (reply, _) = world.ask(7, Duration::MAX, "a limit of Duration::MAX");
    assert!(
        reply == Ok(Some(b"the answer".to_vec())),
        "a limit of Duration::MAX is never over, the reply came, and you return {reply:?}"
    );
}
