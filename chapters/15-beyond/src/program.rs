//! The command line: which way, which queue, which stream.

use ch02_create::Queue;
use clap::{Parser, Subcommand};
use sysv_mq::programs::Outcome;

use crate::stop::Stop;
use crate::{inward, outward};

/// Carries messages between a System V message queue and a stream of a NATS server.
///
/// Each message arrives at least once. Programs at the queue need not know of it.
#[derive(Debug, Parser)]
#[command(
    name = "bridge",
    version,
    after_help = "Exit status: 0 if it was asked to stop, 1 if something failed, 2 if the command line is wrong."
)]
pub(crate) struct Options {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// From the queue to the stream
    Out(outward::OutOptions),
    /// From the stream to the queue
    In(inward::InOptions),
    /// What `bridge out` starts as its helper.
    #[command(name = outward::HELPER, hide = true)]
    Helper { queue: Queue },
}

pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    if let Verb::Helper { queue } = options.verb {
        ch15_beyond::help(queue)?;
        return Ok(Outcome::Done);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = Stop::new()?;
        match &options.verb {
            Verb::Out(options) => outward::run(options, stop).await,
            Verb::In(options) => inward::run(options, stop).await,
            Verb::Helper { .. } => unreachable!("it needs no runtime"),
        }
    })
}
