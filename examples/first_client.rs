//! The client that the six steps allow, in twenty lines. Chapter 8 says what is wrong with it.

use std::error::Error;
use std::io::{self, Write};

use sysv_mq::{Key, MessageType, Queue, Sender};

// ANCHOR: client
fn main() -> Result<(), Box<dyn Error>> {
    let key: Key = "1234".parse()?;
    let mut sender = Sender::new(Queue::open(key)?);
    println!("Client: Connected to message queue. Type your messages (type 'exit' to quit):");

    loop {
        print!("> ");
        io::stdout().flush()?;
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        let text = line.trim_end_matches('\n');
        sender.send(MessageType::ONE, format!("{text}\0").as_bytes())?;
        if text == "exit" {
            break;
        }
    }
    println!("Client exiting...");
    Ok(())
}
// ANCHOR_END: client
