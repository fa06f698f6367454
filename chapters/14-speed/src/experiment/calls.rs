//! Single calls, by one process: what is there to gain or to lose in them.

use std::ffi::c_int;
use std::hint::black_box;

use anyhow::{Result, ensure};
use ch03_structure::{Envelope, MessageType};
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Status;

use crate::contender::{Message, queue};
use crate::measure::{Placement, Sample, Stopwatch, Unpin, pin};

use super::{SIZE, Subject};

const BYTES: [u8; SIZE as usize] = [b'x'; SIZE as usize];

/// The cheapest system call is among them: what a way into the kernel and back costs.
pub(super) fn subjects() -> Vec<Subject<'static>> {
    let bare: fn(c_int, &mut Message) -> Result<()> = |queue, message| {
        message.send(queue, BYTES.len(), libc::IPC_NOWAIT)?;
        ensure!(message.recv(queue, libc::IPC_NOWAIT)? == BYTES.len());
        Ok(())
    };
    let on_a_queue = |name: &str, operation: fn(&mut Sender, &mut Receiver) -> Result<()>| {
        subject(name, move |count| {
            let owned = queue()?;
            let mut sender = Sender::new(owned.queue());
            let mut receiver = Receiver::new(owned.queue());
            timed(count, || operation(&mut sender, &mut receiver))
        })
    };
    vec![
        on_a_queue("library", |sender, receiver| {
            sender.try_send(MessageType::ONE, &BYTES)?;
            ensure!(receiver.try_recv(Select::Any)?.is_some());
            Ok(())
        }),
        subject("bare", move |count| {
            let (owned, mut message) = (queue()?, Message::new());
            timed(count, || bare(owned.queue().id(), &mut message))
        }),
        on_a_queue("try-recv-empty", |_, receiver| {
            ensure!(receiver.try_recv(Select::Any)?.is_none());
            Ok(())
        }),
        on_a_queue("status", |sender, _| {
            black_box(Status::of(sender.queue())?);
            Ok(())
        }),
        subject("fill", |count| {
            let mut envelope = Envelope::new();
            timed(count, || {
                envelope.fill(MessageType::ONE, black_box(&BYTES));
                black_box(&envelope);
                Ok(())
            })
        }),
        subject("getppid", |count| {
            timed(count, || {
                black_box(nix::unistd::getppid());
                Ok(())
            })
        }),
    ]
}

fn subject(name: &str, run: impl FnMut(u64) -> Result<Sample> + 'static) -> Subject<'static> {
    Subject { name: name.to_owned(), run: Box::new(run), operations: None }
}

fn timed(count: u64, mut operation: impl FnMut() -> Result<()>) -> Result<Sample> {
    let _unpin = Unpin::later()?;
    pin(Placement::Together.processors()?[0])?;
    let watch = Stopwatch::start()?;
    for _ in 0..count {
        operation()?;
    }
    let elapsed = watch.elapsed();
    watch.stop(elapsed)
}
