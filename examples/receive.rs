//! Makes a queue, prints what arrives until a message is "exit", and removes the queue.
//! Usage: receive KEY

use std::io::{self, Write};

use sysv_mq::{Key, Mode, OwnedQueue, Queue, Receiver, Select};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key: Key = std::env::args().nth(1).ok_or("usage: receive KEY")?.parse()?;
    let mailbox = OwnedQueue::new(Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR)?);
    println!("ready");

    let mut receiver = Receiver::new(mailbox.queue());
    loop {
        let message = match receiver.recv(Select::Any) {
            Err(nix::errno::Errno::EINTR) => continue,
            received => received?,
        };
        let mut stdout = io::stdout().lock();
        write!(stdout, "type {}: ", message.message_type())?;
        stdout.write_all(message.text())?;
        writeln!(stdout)?;
        if message.text() == b"exit" {
            return Ok(()); // dropping `mailbox` removes the queue, here and at every `?`
        }
    }
}
