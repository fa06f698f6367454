//! From the queue to the stream.

use clap::Args;
use sysv_mq::programs::{KeyOptions, Outcome};

use crate::stop::Stop;
use crate::stream;

#[derive(Args, Debug)]
pub(crate) struct OutOptions {
    #[command(flatten)]
    key: KeyOptions,
    #[command(flatten)]
    stream: stream::StreamOptions,
}

pub(crate) async fn run(options: &OutOptions, mut stop: Stop) -> anyhow::Result<Outcome> {
    let _key = options.key.key()?;
    let _stream = stream::Stream::open(&options.stream).await?;
    stop.asked().await;
    Ok(Outcome::Done)
}
