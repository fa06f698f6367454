//! From the stream to the queue.

use clap::Args;
use sysv_mq::programs::{KeyOptions, Outcome};

use crate::stop::Stop;
use crate::stream;

#[derive(Args, Debug)]
pub(crate) struct InOptions {
    #[command(flatten)]
    key: KeyOptions,
    #[command(flatten)]
    stream: stream::StreamOptions,
}

pub(crate) async fn run(options: &InOptions, mut stop: Stop) -> anyhow::Result<Outcome> {
    let _key = options.key.key()?;
    let _stream = stream::Stream::open(&options.stream).await?;
    stop.asked().await;
    Ok(Outcome::Done)
}
