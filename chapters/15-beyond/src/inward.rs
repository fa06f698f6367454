//! From the stream to the queue.

mod note;
mod source;
mod target;

use std::path::PathBuf;

use anyhow::Context as _;
use async_nats::jetstream::AckKind;
use clap::Args;
use streams::report;
use sysv_mq::programs::{KeyOptions, Outcome};

use self::note::Note;
use self::source::{Delivery, Source};
use self::target::{Put, Target};
use crate::place;
use crate::stop::Stop;
use crate::stream::{Stream, StreamOptions};

#[derive(Args, Debug)]
pub(crate) struct InOptions {
    #[command(flatten)]
    key: KeyOptions,
    #[command(flatten)]
    stream: StreamOptions,

    /// Where it is noted which message has arrived last, for the next bridge
    /// [default: bridge/NAME.note in $XDG_STATE_HOME, or in ~/.local/state]
    #[arg(long, value_name = "FILE", overrides_with = "note")]
    note: Option<PathBuf>,
}

pub(crate) async fn run(options: &InOptions, mut stop: Stop) -> anyhow::Result<Outcome> {
    let mut target = Target::open(options.key.key()?)?;
    let stream = Stream::open(&options.stream).await?;
    let name = &options.stream.stream;
    let note = match &options.note {
        Some(path) => path.clone(),
        None => place::usual("note")?.join(format!("{name}.note")),
    };
    let mut note = Note::open(note, stream.stream.cached_info().created)?;
    let mut source = Source::new(&stream);
    let mut output = streams::stdout()?;
    output.line(format_args!("Bridge: from stream {name} to queue {}", target.id()))?;

    let mut done = 0_u64;
    let ended = loop {
        let delivery = tokio::select! {
            biased;
            () = stop.asked() => break Ok(()),
            delivery = source.next(note.last()) => delivery,
        };
        let passed = match delivery {
            Ok(delivery) => pass_on(&delivery, &mut target, &mut note, &mut stop).await,
            Err(error) => Err(error),
        };
        match passed {
            Ok(true) => done += 1,
            Ok(false) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    // Whatever ended it: what is in the queue is acknowledged, or the next bridge would repeat it.
    let flushed = stream.flush().await;
    ended?;
    flushed?;
    output.line(format_args!("Bridge: stopped; {done} messages have been passed on"))?;
    Ok(Outcome::Done)
}

// ANCHOR: pass-on
/// Puts a message into the queue, notes that, and acknowledges it then. False: it has to stop before
/// there is room.
///
/// Killed between the first two, the bridge repeats this one message. After that none.
async fn pass_on(
    delivery: &Delivery,
    target: &mut Target,
    note: &mut Note,
    stop: &mut Stop,
) -> anyhow::Result<bool> {
    let acknowledgement = loop {
        match target.put(delivery).await? {
            Put::Done => break AckKind::Ack,
            Put::Full if stop.is_asked() => return Ok(false),
            Put::Full => {}
            // It would be the next message forever, and hold up all others.
            Put::Never(reason) => {
                report(format_args!("bridge: message {delivery} is dropped: {reason}"));
                break AckKind::Term;
            }
        }
    };
    note.write(delivery.place())?;
    // An acknowledgement that is lost does no harm: the message comes again, and is recognised.
    delivery.answer(acknowledgement).await.context("cannot acknowledge")?;
    Ok(true)
}
// ANCHOR_END: pass-on
