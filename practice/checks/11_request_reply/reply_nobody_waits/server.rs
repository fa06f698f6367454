//! A server with its own queue, and callers' queues in several states.

use super::*;
use practice::{Room, Worker, until};

pub(super) struct Server<'room> {
    room: &'room Room,
    /// Its own queue, in which a request waits.
    pub(super) own: Queue,
}

impl Server<'_> {
    pub(super) fn new(room: &Room) -> Server<'_> {
        let own = queue(room);
        send(own.id(), 1, b"a request").expect("room for it");
        Server { room, own }
    }

    /// What your function returns; it must not wait.
    #[track_caller]
    pub(super) fn answer(&self, to: Queue, bytes: &[u8], what: &str) -> nix::Result<Outcome> {
        let (own, bytes) = (self.own, bytes.to_vec());
        let worker = Worker::start(move || answer(own, to, &bytes));
        until("your function to return: does it try again and again?", || {
            worker.has_ended() || worker.waits()
        });
        assert!(
            worker.has_ended(),
            "{what}: your server sleeps in msgsnd or msgrcv, and all its other callers wait with it"
        );
        worker.returned(what)
    }

    /// What is in a queue: the types and texts.
    pub(super) fn contents(&self, queue: Queue) -> Vec<(c_long, Vec<u8>)> {
        let messages = std::iter::from_fn(|| practice::receive(queue.id()));
        messages.map(|message| (message.message_type, message.bytes)).collect()
    }

    /// Whether your function delivers at all; other tests say it if not.
    pub(super) fn delivers(&self) -> bool {
        let to = queue(self.room);
        let mut answered = None;
        let failed =
            practice::failure(|| answered = Some(self.answer(to, b"42", "a caller who waits")));
        let arrived = self.contents(to);
        self.room.remove(to.id());
        failed.is_none()
            && answered == Some(Ok(Outcome::Delivered))
            && arrived == [(1, b"42".to_vec())]
    }
}
