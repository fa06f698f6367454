//! Sends each TEXT, with a NUL, as a message of type 1.
//! Usage: send KEY TEXT...

use std::os::unix::ffi::OsStringExt;

use sysv_mq::{Key, MessageType, Mode, Queue, Sender};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args_os().skip(1);
    let key = args.next().ok_or("usage: send KEY TEXT...")?;
    let key: Key = key.to_string_lossy().parse()?;
    let mut sender = Sender::new(Queue::open_for(key, Mode::S_IWUSR)?);

    for text in args {
        let mut bytes = text.into_vec();
        bytes.push(0);
        loop {
            match sender.send(MessageType::ONE, &bytes) {
                Err(nix::errno::Errno::EINTR) => {}
                sent => break sent?,
            }
        }
    }
    Ok(())
}
