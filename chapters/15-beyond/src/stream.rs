//! The stream in between: where it is, how it is set up, and how a message is put into it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use async_nats::Client;
use async_nats::connection::State;
use async_nats::jetstream::context::{Context, ContextBuilder, PublishAckFuture, PublishError};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};
use clap::Args;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

mod connect;
mod explain;

/// The header that carries a message's type.
pub(crate) const TYPE: &str = "SysV-Type";

/// How long an answer of the broker is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// How often the connection is looked at while answers are awaited.
const LOOK: Duration = Duration::from_millis(50);

/// Which stream, and where.
#[derive(Args, Debug)]
pub(crate) struct StreamOptions {
    /// Where the NATS server listens: nats://HOST:PORT or tls://HOST:PORT, if need be with
    /// USER:PASSWORD@ before the host; every user here sees that in the list of processes
    #[arg(
        long,
        value_name = "URL",
        default_value = "nats://127.0.0.1:4222",
        overrides_with = "url"
    )]
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

    /// For a new stream: how many messages it holds; a full one makes the queue wait
    #[arg(long, value_name = "N", default_value = "1000000", value_parser = clap::value_parser!(u32).range(1..))]
    max_messages: u32,

    /// For a new stream: for how long an ID is remembered; longer than any outage
    #[arg(long, value_name = "SECONDS", default_value = "3600")]
    duplicate_window: u32,
}

/// A connection to the broker, and the stream, which exists.
///
/// A connection that breaks is made again, as often as it takes.
pub(crate) struct Stream {
    pub(crate) context: Context,
    pub(crate) stream: async_nats::jetstream::stream::Stream,
    client: Client,
    /// What the broker has complained about last.
    complaint: Arc<Mutex<Option<String>>>,
    connected: Arc<Notify>,
    /// What its messages are published under.
    subject: String,
}

impl Stream {
    /// Connects, and makes the stream if there is none.
    pub(crate) async fn open(options: &StreamOptions) -> anyhow::Result<Stream> {
        let (connected, complaint) = (Arc::default(), Arc::default());
        let client = connect::connect(options, &connected, &complaint).await?;
        let context = ContextBuilder::new().timeout(PATIENCE).build(client.clone());
        let wanted = config(options);
        let stream = context.get_or_create_stream(&wanted).await.map_err(|error| {
            explain::stream(&options.stream, &error, complaint.lock().unwrap().take())
        })?;
        if let Some(difference) = explain::difference(&wanted, &stream.cached_info().config) {
            return Err(anyhow!(
                "the stream {} exists already, {difference}; change that (nats stream edit), or name another one with --stream",
                options.stream
            ));
        }
        Ok(Stream {
            context,
            stream,
            client,
            complaint,
            connected,
            subject: options.stream.clone(),
        })
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

    /// Waits until the broker is connected again, if that has not happened since the last wait.
    pub(crate) async fn reconnected(&self) {
        self.connected.notified().await;
    }

    /// Waits until the broker has what it has been sent, such as acknowledgements.
    pub(crate) async fn flush(&self) -> anyhow::Result<()> {
        let flushed = timeout(PATIENCE, self.client.flush()).await;
        flushed.context("the broker does not answer")?.context("the connection is lost")
    }

    /// Whether there is a connection now.
    pub(crate) fn is_connected(&self) -> bool {
        self.client.connection_state() == State::Connected
    }

    /// Waits until there is none.
    pub(crate) async fn disconnected(&self) {
        while self.is_connected() {
            sleep(LOOK).await;
        }
    }

    /// What the broker has complained about since the last call.
    pub(crate) fn complaint(&self) -> Option<String> {
        self.complaint.lock().unwrap().take()
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
        // A full stream refuses what is new, as a full queue does. The usual policy would throw away
        // what has waited longest; and so does this one, in servers before 2.10.5, where the limit
        // is one of bytes: what they let in is larger than they thought.
        discard: DiscardPolicy::New,
        max_messages: options.max_messages.into(),
        // A message that comes a second time under its ID is dropped.
        duplicate_window: Duration::from_secs(options.duplicate_window.into()),
        storage: StorageType::File,
        ..Config::default()
    }
}
// ANCHOR_END: config
