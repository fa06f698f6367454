//! From the queue to the stream.

mod carry;
mod copy;
mod explain;
mod open;
mod publish;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;
use ch02_create::Mode;
use ch05_receive::Select;
use ch10_waiting::Inbox;
use ch15_beyond::Takers;
use clap::Args;
use sysv_mq::programs::{KeyOptions, Outcome, parse_mode};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use self::carry::Outward;
use crate::stop::Stop;
use crate::stream::{Stream, StreamOptions};

/// The name of the verb that nobody types.
pub(crate) const HELPER: &str = "out-helper";

#[derive(Args, Debug)]
pub(crate) struct OutOptions {
    #[command(flatten)]
    key: KeyOptions,

    /// Who may use the queue if it has to be made: three octal digits
    #[arg(long, value_name = "MODE", default_value = "600", value_parser = parse_mode)]
    mode: Mode,

    #[command(flatten)]
    stream: StreamOptions,

    /// Where the messages in flight are kept for the next bridge, if this one is killed
    /// [default: bridge in $XDG_STATE_HOME, or in ~/.local/state]
    #[arg(long, value_name = "DIR")]
    journal: Option<PathBuf>,

    /// How many messages are on their way at a time, 1024 at most
    // The kernel counts from the first message at each copy, and the broker's library waits for
    // acknowledgements when 5000 are missing.
    #[arg(long, value_name = "N", default_value = "64", value_parser = clap::value_parser!(u16).range(1..=1024))]
    in_flight: u16,
}

pub(crate) async fn run(options: &OutOptions, mut stop: Stop) -> anyhow::Result<Outcome> {
    let key = options.key.key()?;
    let queue = open::queue(key, options.mode)?;
    let journal = open::journal(options.journal.as_deref(), key)?;
    // This very program, whatever has been installed at its path since.
    let mut helper = Command::new("/proc/self/exe");
    helper.args([HELPER, &queue.id().to_string()]);
    let takers = journal.lock().and_then(|lock| Takers::start(queue, helper, lock));
    let takers = takers.context("cannot start the helper")?;
    let stream = Stream::open(&options.stream).await?;
    let inbox = Inbox::new(queue, Select::Any).context("cannot wait for the queue")?;
    // SAFETY: the descriptor is the inbox's own eventfd, open from `new` until the inbox is dropped,
    // which the `AsyncFd` does; an inbox returns the same one each time, and hands it to nobody.
    let bell = unsafe { AsyncFd::register_with_interest(inbox, Interest::READABLE) };
    let bell = bell.context("cannot wait for the queue")?;
    let mut output = streams::stdout()?;
    let name = &options.stream.stream;
    output.line(format_args!("Bridge: from queue {} to stream {name}", queue.id()))?;

    let mut bridge = Outward::new(queue, journal, takers, stream, options.in_flight.into());
    bridge.resume(&mut stop).await?;
    bridge.run(bell, &mut stop).await?;
    let done = bridge.done();
    output.line(format_args!("Bridge: stopped; {done} messages have been passed on"))?;
    Ok(Outcome::Done)
}
