//! What a receive costs when many messages are in the queue.

use std::rc::Rc;
use std::time::Duration;

use anyhow::{Result, ensure};
use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};

use crate::contender::queue;
use crate::measure::{Placement, Sample, Stopwatch, Unpin, pin};

use super::Subject;

/// So many messages are received between two looks at the clock.
const BATCH: u64 = 50;

/// The messages that are in the way, and those that are wanted.
const IN_THE_WAY: MessageType = MessageType::new(3).unwrap();
const WANTED: MessageType = MessageType::new(2).unwrap();

/// One byte each, so that 16,000 and a batch fit into a queue of the usual 16,384 bytes.
const BYTES: &[u8] = b"x";

/// One queue for each: `length` messages in the way, and it stays so.
pub(super) fn subjects(length: u64) -> Result<Vec<Subject<'static>>> {
    let last = length.saturating_sub(1) as usize;
    let take = |select| move |receiver: &mut Receiver| Ok(receiver.try_recv(select)?.is_some());
    Ok(vec![
        subject("oldest", length, IN_THE_WAY, take(Select::Any))?,
        subject("type", length, WANTED, take(Select::Exactly(WANTED)))?,
        subject("lowest", length, WANTED, take(Select::UpTo(WANTED)))?,
        subject("peek-oldest", length, WANTED, move |receiver| Ok(receiver.peek(0)?.is_some()))?,
        subject("peek-last", length, WANTED, move |receiver| Ok(receiver.peek(last)?.is_some()))?,
    ])
}

/// `length` messages are in the queue; for each batch more are sent after them, of the type `sent`,
/// and only receiving is timed.
fn subject(
    name: &str,
    length: u64,
    sent: MessageType,
    mut receive: impl FnMut(&mut Receiver) -> Result<bool> + 'static,
) -> Result<Subject<'static>> {
    let owned = Rc::new(queue()?);
    let queue: Queue = owned.queue();
    let (mut sender, mut receiver) = (Sender::new(queue), Receiver::new(queue));
    for _ in 0..length {
        sender.try_send(IN_THE_WAY, BYTES)?;
    }
    let stays = name.starts_with("peek");
    let run = move |count: u64| -> Result<Sample> {
        let _queue = &owned;
        let _unpin = Unpin::later()?;
        pin(Placement::Together.processors()?[0])?;
        let watch = Stopwatch::start()?;
        let mut elapsed = Duration::ZERO;
        let mut left = count;
        while left > 0 {
            let batch = BATCH.min(left);
            for _ in 0..batch {
                sender.try_send(sent, BYTES)?;
            }
            let before = watch.elapsed();
            for _ in 0..batch {
                ensure!(receive(&mut receiver)?, "there is no such message");
            }
            elapsed += watch.elapsed() - before;
            for _ in 0..if stays { batch } else { 0 } {
                ensure!(receiver.try_recv(Select::Exactly(sent))?.is_some(), "a message is lost");
            }
            left -= batch;
        }
        watch.stop(elapsed)
    };
    Ok(Subject { name: name.to_owned(), run: Box::new(run), operations: None })
}
