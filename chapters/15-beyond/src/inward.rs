//! From the stream to the queue.

mod source;
mod target;

use anyhow::Context as _;
use async_nats::jetstream::AckKind;
use clap::Args;
use streams::report;
use sysv_mq::programs::{KeyOptions, Outcome};

use self::source::{Delivery, Source};
use self::target::{Put, Target};
use crate::stop::Stop;
use crate::stream::{Stream, StreamOptions};

#[derive(Args, Debug)]
pub(crate) struct InOptions {
    #[command(flatten)]
    key: KeyOptions,
    #[command(flatten)]
    stream: StreamOptions,

    /// How many messages are fetched before they are acknowledged; a kill repeats at most so many
    #[arg(long, value_name = "N", default_value = "64", value_parser = clap::value_parser!(u16).range(1..))]
    ahead: u16,
}

pub(crate) async fn run(options: &InOptions, mut stop: Stop) -> anyhow::Result<Outcome> {
    let mut target = Target::open(options.key.key()?)?;
    let stream = Stream::open(&options.stream).await?;
    let mut source = Source::new(&stream, options.ahead);
    let mut output = streams::stdout()?;
    let name = &options.stream.stream;
    output.line(format_args!("Bridge: from stream {name} to queue {}", target.id()))?;

    let mut done = 0_u64;
    let ended = loop {
        let delivery = tokio::select! {
            biased;
            () = stop.asked() => break Ok(()),
            delivery = source.next() => delivery,
        };
        let passed = match delivery {
            Ok(delivery) => pass_on(&delivery, &mut target, &mut stop).await,
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
/// Puts a message into the queue, and acknowledges it then. False: it has to stop before there is
/// room.
async fn pass_on(
    delivery: &Delivery,
    target: &mut Target,
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
    // An acknowledgement that is lost does no harm: the message comes again, and is recognised.
    delivery.answer(acknowledgement).await.context("cannot acknowledge")?;
    Ok(true)
}
// ANCHOR_END: pass-on
