//! A server that answers in capitals.

use std::thread;
use std::time::Duration;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch11_request_reply::{Responder, Served};
use nix::errno::Errno;
use streams::{Failure, argument, stdout};

pub(crate) fn serve(key: &str) -> Result<(), Failure> {
    let key: Key = argument(key)?;
    let mut output = stdout()?;
    let queue = Queue::create(key, Mode::S_IRUSR | Mode::S_IWUSR).map_err(|errno| {
        Failure::new(format_args!("msgget: {} ({errno:?})", ch02_create::explain(errno)))
    })?;
    let id = queue.id();
    let mut print = |line: &str| {
        let stays = || format!("queue {id} stays, for the next server");
        output.line(line).map_err(|error| Failure::output(&error).and(stays()))
    };
    print(&format!(
        "waiting for requests in queue {id}; it ends with the queue: ch06 remove {id}"
    ))?;

    let (mut responder, mut count) = (Responder::new(queue), 0_u64);
    loop {
        let mut asked = String::new();
        let served = responder.serve_one(|bytes| {
            count += 1;
            asked = bytes.escape_ascii().to_string();
            answer(bytes, count)
        });
        match served {
            Ok(served) => print(&described(served, count, &asked))?,
            // A debugger, or a stop and a continue: nothing was taken.
            Err(Errno::EINTR) => {}
            Err(Errno::EIDRM | Errno::EINVAL) => {
                let line = format!("queue {id} has been removed; {count} requests were done");
                return output.line(line).map_err(|error| Failure::output(&error));
            }
            Err(errno) => {
                let reason = ch05_receive::explain(errno);
                return Err(Failure::new(format_args!("msgrcv: {reason} ({errno:?})")));
            }
        }
    }
}

/// The text in capitals, after as many milliseconds as the number before it says.
fn answer(bytes: &[u8], count: u64) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let (time, text) = text
        .split_once(' ')
        .and_then(|(time, text)| Some((time.parse().ok()?, text)))
        .unwrap_or((0, &text));
    thread::sleep(Duration::from_millis(time));
    format!("{} (request {count})", text.to_uppercase()).into_bytes()
}

fn described(served: Served, count: u64, asked: &str) -> String {
    match served {
        Served::Answered => format!("request {count} answered: \"{asked}\""),
        Served::Repeated => "answered again, and not done again".to_owned(),
        Served::Expired => "too late: nobody waits for the reply, not done".to_owned(),
        Served::Refused(refusal) => format!("refused: {refusal}"),
        Served::Undelivered(Errno::EAGAIN) => {
            format!("request {count} done, not answered: its caller's queue is full (EAGAIN)")
        }
        Served::Undelivered(Errno::EINVAL) => format!(
            "request {count} done, not answered: its caller has gone, or the reply is too long (EINVAL)"
        ),
        Served::Undelivered(errno) => {
            format!("request {count} done, not answered: its caller has gone ({errno:?})")
        }
        other => format!("{other:?}"),
    }
}
