// A test of your own: it passes with a right server, and fails with a wrong one.
//
// This test asks a server to stop, sleeps, hopes, and tidies up after it: it passes with any
// server at all. Yours is tried with five right servers, which differ in what they do not promise,
// and with eleven wrong ones.
//
// What a test can do with a server `S`: S::start(key) starts it, and then its queue is there;
// server.ask_to_stop(); server.has_ended() and server.lines() show how it is getting on;
// practice::until("what is awaited", || ...) waits.
//
// A server works only while you look (has_ended, lines), and behind a shut door a sender that waits
// waits forever: send with try_send. You need ch02_create::Queue, ch03_structure::MessageType and
// ch04_send::Sender.

use ch01_key_setup::Key;
use practice::servers::{Right, Server};
use practice::{alone, failure};
use std::thread::sleep;
use std::time::Duration;

/// Panics if a server of this kind breaks a promise. What a server promises:
///
/// Each message that the kernel has accepted is printed, once, as a line `Server received: TEXT`,
/// in the order in which they were sent; those too that are still in the queue when it is asked to
/// stop, and those that are accepted after that, if any are. When it has ended, its queue is gone.
///
/// It does not promise how long that takes, nor what other lines it prints, nor that it refuses
/// anything.
fn test<S: Server>() {
    alone(|room| {
        let key = Key::new(room.key()).expect("a room's key is not 0");
        let server = S::start(key);
        // TODO: give the server something to do: Queue::open(key) finds its queue, and Sender
        // sends.
        server.ask_to_stop();
        // TODO: not for a while, but until it has ended.
        sleep(Duration::from_millis(20));
        // TODO: of what it has printed, nothing is compared with what was sent.
        println!("it has printed {:?}", server.lines());
        // TODO: whose task is this?
        for queue in room.queues() {
            room.remove(queue.msqid);
        }
    });
}

fn main() {
    match failure(test::<Right>) {
        None => println!("your test passes with a right server"),
        Some(said) => println!("your test fails with a right server: {said}"),
    }
}

#[cfg(test)]
#[path = "../../checks/09_testing/test_own.rs"]
mod tests; // the functions marked #[test]
