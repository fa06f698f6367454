use ch01_key_setup::Key;
use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use practice::servers::{Right, Server};
use practice::{alone, failure, until};

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
        let queue = Queue::open(key).expect("the server has made its queue");
        let mut sender = Sender::new(queue);
        let mut accepted = Vec::new();
        for text in ["one", "two", "three", "late"] {
            if text == "late" {
                server.ask_to_stop();
            }
            let sent = sender.try_send(MessageType::ONE, text.as_bytes());
            if sent.is_ok() {
                accepted.push(text);
            }
        }
        until("the server to end", || server.has_ended());
        let lines = server.lines();
        let printed: Vec<_> =
            lines.iter().filter_map(|line| line.strip_prefix("Server received: ")).collect();
        assert_eq!(printed, accepted, "printed is not what was accepted");
        assert!(room.queues().is_empty(), "the server has left its queue behind");
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
