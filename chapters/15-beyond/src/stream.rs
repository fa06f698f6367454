//! The stream in between: where it is, how it is set up, and how a message is put into it.

use std::future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use async_nats::jetstream::context::{Context, ContextBuilder, PublishAckFuture, PublishError};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};
use async_nats::{ConnectOptions, Event};
use clap::Args;
use tokio::sync::Notify;
use tokio::time::timeout;

/// The header that carries a message's type.
pub(crate) const TYPE: &str = "SysV-Type";

/// How long an acknowledgement, or an answer of the broker, is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which stream, and where.
#[derive(Args, Debug)]
pub(crate) struct StreamOptions {
    /// Where the NATS server listens: nats://HOST:PORT, or tls://HOST:PORT
    #[arg(long, value_name = "URL", default_value = "nats://127.0.0.1:4222")]
    url: String,

    /// The name of the stream; it is made if there is none
    #[arg(long, value_name = "NAME", default_value = "mailbox")]
    pub(crate) stream: String,

    /// A file of credentials, which the server's operator hands out
    #[arg(long, value_name = "FILE")]
    creds: Option<PathBuf>,

    /// A file of certificates (PEM) to trust, besides the system's
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,

    /// For a new stream: how many bytes it holds; a full one makes the queue wait
    #[arg(long, value_name = "BYTES", default_value = "268435456")]
    max_bytes: u32,

    /// For a new stream: for how long an ID is remembered; longer than any outage
    #[arg(long, value_name = "SECONDS", default_value = "3600")]
    duplicate_window: u64,
}

/// A connection to the broker, and the stream, which exists.
pub(crate) struct Stream {
    pub(crate) context: Context,
    pub(crate) stream: async_nats::jetstream::stream::Stream,
    /// What its messages are published under.
    subject: String,
    connected: Arc<Notify>,
}

impl Stream {
    /// Connects, and makes the stream if there is none.
    pub(crate) async fn open(options: &StreamOptions) -> anyhow::Result<Stream> {
        let connected = Arc::new(Notify::new());
        let again = Arc::clone(&connected);
        let mut connection = ConnectOptions::new().name("bridge").event_callback(move |event| {
            if let Event::Connected = event {
                again.notify_one();
            }
            future::ready(())
        });
        if let Some(creds) = &options.creds {
            connection = connection.credentials_file(creds).await?;
        }
        if let Some(ca) = &options.ca {
            connection = connection.add_root_certificates(ca.clone());
        }
        let url = &options.url;
        let client =
            connection.connect(url).await.with_context(|| format!("cannot connect to {url}"))?;
        let context = ContextBuilder::new().timeout(PATIENCE).build(client);
        let stream = context.get_or_create_stream(config(options)).await?;
        Ok(Stream { context, stream, subject: options.stream.clone(), connected })
    }

    /// Waits until the broker is connected again, if that has not happened since the last wait.
    pub(crate) async fn reconnected(&self) {
        self.connected.notified().await;
    }

    /// Waits until the broker has what it has been sent, such as acknowledgements.
    pub(crate) async fn flush(&self) -> anyhow::Result<()> {
        let flushed = timeout(PATIENCE, self.context.client().flush()).await;
        flushed.context("the broker does not answer")?.context("the connection is lost")
    }

    /// Publishes a message; the answer is awaited separately.
    pub(crate) async fn publish(
        &self,
        id: &str,
        message_type: i64,
        bytes: Vec<u8>,
    ) -> Result<PublishAckFuture, PublishError> {
        let message = PublishMessage::build()
            .message_id(id)
            .header(TYPE, message_type.to_string())
            .payload(bytes.into());
        self.context.send_publish(self.subject.clone(), message).await
    }
}

// ANCHOR: config
/// The stream that the bridge makes.
fn config(options: &StreamOptions) -> Config {
    Config {
        name: options.stream.clone(),
        subjects: vec![options.stream.clone()],
        // One reader; what it has acknowledged is gone, as in a queue.
        retention: RetentionPolicy::WorkQueue,
        // A full stream refuses what is new, as a full queue does. The usual policy would throw
        // away what has waited longest.
        max_bytes: options.max_bytes.into(),
        discard: DiscardPolicy::New,
        // A message that comes a second time under its ID is dropped.
        duplicate_window: Duration::from_secs(options.duplicate_window),
        storage: StorageType::File,
        ..Config::default()
    }
}
// ANCHOR_END: config
