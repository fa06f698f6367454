//! The server that the six steps allow, in twenty lines. Chapter 7 says what is wrong with it.

use std::error::Error;

use sysv_mq::{Key, Mode, OwnedQueue, Queue, Receiver, Select};

// ANCHOR: server
fn main() -> Result<(), Box<dyn Error>> {
    let key: Key = "1234".parse()?;
    let queue = OwnedQueue::new(Queue::create(key, Mode::S_IRUSR | Mode::S_IWUSR)?);
    println!("Server: Message queue created. Waiting for messages...");

    let mut receiver = Receiver::new(queue.queue());
    loop {
        let message = receiver.recv(Select::Any)?;
        println!("Server received: {}", String::from_utf8_lossy(message.text()));
        if message.text() == b"exit" {
            break;
        }
    }
    println!("Server shutting down...");
    Ok(())
}
// ANCHOR_END: server
