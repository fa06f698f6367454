//! A call of your function that ends, whatever it does.

use super::*;
use practice::{Call, Moment, Worker, between_calls, until};

/// So often no right function calls the kernel here.
const CALLS: usize = 2_000;
/// What msgsnd fails with then.
const ENDLESS: Errno = Errno::ENOSYS;

/// What your function returns, and what it says it has dropped.
pub(super) struct Done {
    pub(super) sent: nix::Result<()>,
    pub(super) dropped: Vec<String>,
}

#[track_caller]
pub(super) fn ask(queue: Queue, bytes: &[u8], what: &str) -> Done {
    let done = ask_between(queue, bytes, what, |_| None);
    done.ends(what);
    done
}

impl Done {
    #[track_caller]
    pub(super) fn ends(&self, what: &str) {
        assert!(
            self.sent != Err(ENDLESS),
            "{what}: you try again and again, and it can never be sent"
        );
    }
}

/// The same; `hook` is asked before and after each call. If there is no end to the calls, it
/// returns [`ENDLESS`].
#[track_caller]
pub(super) fn ask_between(
    queue: Queue,
    bytes: &[u8],
    what: &str,
    mut hook: impl FnMut(Moment) -> Option<Errno> + Send + 'static,
) -> Done {
    let bytes = bytes.to_vec();
    let worker = Worker::start(move || {
        let mut calls = 0;
        let mut dropped = vec![b"before".to_vec()];
        let counted = move |moment| {
            calls += usize::from(matches!(moment, Moment::Before(_)));
            match moment {
                Moment::Before(Call::Send(..)) if calls > CALLS => Some(ENDLESS),
                moment => hook(moment),
            }
        };
        let sent = between_calls(counted, || send_newest(queue, &bytes, &mut dropped));
        (sent, dropped)
    });
    until("your function to return: it tries again and again", || {
        worker.has_ended() || worker.waits()
    });
    assert!(
        worker.has_ended(),
        "{what}: your function sleeps in msgsnd or msgrcv, and it must never wait"
    );
    let (sent, dropped) = worker.returned(what);
    let mut dropped = dropped.into_iter().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(
        dropped.next().as_deref() == Some("before"),
        "{what}: you have cleared `dropped`, and what was in it before is lost: add to it"
    );
    Done { sent, dropped: dropped.collect() }
}

/// Whether your function drops the oldest for the newest, and nothing if there is room; other tests
/// say it if not.
pub(super) fn begins_well(room: &Room) -> bool {
    [(8, 1), (16, 0)].into_iter().all(|(capacity, due)| {
        let before = ["20.5", "20.6"];
        let queue = queue_with(room, capacity, &before);
        let mut done = None;
        let failed =
            practice::failure(|| done = Some(ask(queue, b"20.7", "a full queue"))).is_some();
        let left = contents(queue).len();
        room.remove(queue.id());
        let right = done.is_some_and(|done| done.sent.is_ok() && done.dropped == before[..due]);
        !failed && left == 3 - due && right
    })
}
