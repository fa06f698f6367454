//! What a change of rights means for those who are asleep on the queue.

use ch02_create::Mode;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, set_capacity};
use ch12_rights::Settings;
use nix::errno::Errno;
use support::{Capability, while_asleep, without};

use crate::{ONE, OURS, new_queue};

#[test]
fn receiver_who_loses_the_right_to_read_wakes_with_eacces() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        // Without the capability no mode would hold for root.
        let received = without(&[Capability::IpcOwner], || {
            while_asleep(
                || Receiver::new(queue).recv(Select::Any).map(drop),
                |_| Settings::new().mode(Mode::S_IWUSR).apply(queue).expect("the queue is ours"),
            )
        });
        assert_eq!(received, Err(Errno::EACCES));
        room.remove(queue.id());
    });
}

#[test]
fn sender_who_loses_the_right_to_write_learns_of_it_when_there_is_room() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        set_capacity(queue, 0).expect("the queue is ours");
        let sent = without(&[Capability::IpcOwner], || {
            while_asleep(
                || Sender::new(queue).send(ONE, b"hello"),
                |_| {
                    let settings = Settings::new().mode(Mode::S_IRUSR).opening(100);
                    settings.apply(queue).expect("the queue is ours");
                },
            )
        });
        assert_eq!(sent, Err(Errno::EACCES));
        assert_eq!(Status::whatever_the_mode(queue).map(|status| status.messages), Ok(0));
        room.remove(queue.id());
    });
}
