//! The handshake: who a sender is.

use std::io::Write;
use std::os::unix::net::UnixDatagram;

use ch02_create::Queue;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{OwnedQueue, Status};
use ch12_rights::{Settings, hand_out, peer, take_up};
use nix::errno::Errno;
use nix::unistd::Uid;
use support::as_stranger;

use crate::ends::{Folder, ends};
use crate::{ANN, BOB, CAT, EVERYBODYS, ONE, OURS, new_queue};

fn send(queue: Queue) -> nix::Result<()> {
    Sender::new(queue).try_send(ONE, b"hello")
}

#[test]
fn queue_is_handed_to_the_user_who_connected_and_goes_with_the_guard() {
    support::alone(|room| {
        let [server, client] = ends(|folder| Some(folder.connect())).expect("we may");
        let (user, queue) = hand_out(&server).expect("a queue can be made");
        room.watch(queue.queue().id());
        assert_eq!(user, Uid::effective());
        assert_eq!(take_up(&client, user), Ok(queue.queue()));
        let status = Status::of(queue.queue()).expect("the queue is ours");
        assert_eq!((status.key, status.mode), (None, OURS));
        assert_eq!((status.owner.0, status.creator.0), (user, user));
        drop(queue);
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn socket_with_nobody_at_the_other_end_fails_with_enotconn() {
    let alone = UnixDatagram::unbound().expect("a socket can be made");
    assert_eq!(peer(&alone), Err(Errno::ENOTCONN), "the kernel says user -1");
}

#[test]
fn nobody_else_may_send_to_a_queue_that_was_handed_out() {
    support::alone(|room| {
        let ends = ends(|folder| as_stranger(ANN, || folder.connect()));
        let Some([server, client]) = ends else { return };
        let (user, queue) = hand_out(&server).expect("a queue can be made");
        let id = queue.queue();
        room.watch(id.id());
        assert_eq!(user, Uid::from_raw(ANN));
        let status = Status::of(id).expect("its creator may");
        assert_eq!((status.owner.0, status.creator.0), (user, Uid::effective()));

        let take = || take_up(&client, Uid::from_raw(0)).map(|found| (found, send(found)));
        assert_eq!(as_stranger(ANN, take), Some(Ok((id, Ok(())))), "its owner");
        assert_eq!(send(id), Ok(()), "root, who has made it");
        let strangers = || (send(id), Receiver::new(id).try_recv(Select::Any).map(drop));
        assert_eq!(as_stranger(BOB, strangers), Some((Err(Errno::EACCES), Err(Errno::EACCES))));
    });
}

#[test]
fn server_without_privileges_receives_from_the_queue_that_it_has_given_away() {
    support::alone(|room| {
        let folder = Folder::new("unprivileged");
        let serve = || {
            let listener = folder.listen();
            let client = folder.connect();
            let (server, _) = listener.accept().expect("somebody has connected");
            let (_, queue) = hand_out(&server).expect("a queue can be made");
            // To whom else could a server without privileges be connected, in one process?
            Settings::new().owner(Uid::from_raw(BOB)).apply(queue.queue()).expect("it is ours");
            room.watch(queue.queue().id());
            (client, queue)
        };
        let Some((_client, queue)) = as_stranger(ANN, serve) else { return };
        assert_eq!(as_stranger(BOB, || send(queue.queue())), Some(Ok(())));
        let receive = || Receiver::new(queue.queue()).try_recv(Select::Any).map(|m| m.is_some());
        assert_eq!(as_stranger(ANN, receive), Some(Ok(true)));
        assert_eq!(as_stranger(ANN, || drop(queue)), Some(()));
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn credentials_are_those_of_connecting_and_listening_not_of_now() {
    support::alone(|_| {
        let folder = Folder::new("credentials");
        let Some(listener) = as_stranger(BOB, || folder.listen()) else { return };
        let client = as_stranger(ANN, || folder.connect()).expect("as before");
        // Root accepts, and root holds the other end by now.
        let (server, _) = listener.accept().expect("somebody has connected");
        assert_eq!(peer(&server), Ok(Uid::from_raw(ANN)));
        assert_eq!(as_stranger(CAT, || peer(&client)), Some(Ok(Uid::from_raw(BOB))));
    });
}

#[test]
fn owner_can_let_others_in_and_the_message_does_not_say_so() {
    support::alone(|room| {
        let ends = ends(|folder| as_stranger(ANN, || folder.connect()));
        let Some([server, _client]) = ends else { return };
        let (_, queue) = hand_out(&server).expect("a queue can be made");
        let id = queue.queue();
        room.watch(id.id());
        let let_in = as_stranger(ANN, || Settings::new().mode(EVERYBODYS).apply(id));
        assert_eq!(let_in, Some(Ok(())));
        assert_eq!(as_stranger(BOB, || send(id)), Some(Ok(())));
        let received = Receiver::new(id).try_recv(Select::Any).map(|message| message.is_some());
        assert_eq!(received, Ok(true));
    });
}

#[test]
fn client_does_not_take_a_queue_from_a_server_that_another_user_runs() {
    support::alone(|room| {
        let [server, client] = ends(|folder| Some(folder.connect())).expect("we may");
        let (_, queue) = hand_out(&server).expect("a queue can be made");
        room.watch(queue.queue().id());
        assert_eq!(take_up(&client, Uid::from_raw(ANN)), Err(Errno::EPERM));
    });
}

#[test]
fn client_does_not_take_somebody_elses_queue_that_the_server_names() {
    support::alone(|room| {
        let Some(strangers) = as_stranger(ANN, || new_queue(room, EVERYBODYS)) else { return };
        let [mut server, client] = ends(|folder| Some(folder.connect())).expect("we may");
        writeln!(server, "{}", strangers.id()).expect("the client is there");
        assert_eq!(take_up(&client, Uid::effective()), Err(Errno::EPERM));
        room.remove(strangers.id());
    });
}

/// Who made the queue is not enough: it is an honest one, and meant for somebody else.
#[test]
fn client_does_not_take_an_honest_queue_that_another_user_names() {
    support::alone(|room| {
        let folder = Folder::new("another");
        let Some(listener) = as_stranger(ANN, || folder.listen()) else { return };
        let ours = new_queue(room, EVERYBODYS);
        let client = folder.connect();
        let (mut server, _) = listener.accept().expect("somebody has connected");
        writeln!(server, "{}", ours.id()).expect("the client is there");
        assert_eq!(take_up(&client, Uid::effective()), Err(Errno::EPERM));
        room.remove(ours.id());
    });
}

#[test]
fn server_that_says_nothing_or_nonsense_is_refused() {
    support::alone(|room| {
        let gone = new_queue(room, OURS);
        room.remove(gone.id());
        let number = format!("{}\n", gone.id());
        let sayings = [
            ("", Errno::ECONNRESET),
            ("hello\n", Errno::EPROTO),
            ("12", Errno::EPROTO),
            ("\n", Errno::EPROTO),
            ("99999999999999999999999999\n", Errno::EPROTO),
            (&number, Errno::EINVAL),
        ];
        for (saying, errno) in sayings {
            let [mut server, client] = ends(|folder| Some(folder.connect())).expect("we may");
            server.write_all(saying.as_bytes()).expect("the client is there");
            drop(server);
            assert_eq!(take_up(&client, Uid::effective()), Err(errno), "{saying:?}");
        }
    });
}

#[test]
fn client_that_has_gone_leaves_no_queue() {
    support::alone(|room| {
        let [server, client] = ends(|folder| Some(folder.connect())).expect("we may");
        drop(client);
        let handed_out = hand_out(&server).map(|(_, queue)| OwnedQueue::keep(queue));
        assert_eq!(handed_out, Err(Errno::EPIPE));
        assert_eq!(room.queues(), []);
    });
}
