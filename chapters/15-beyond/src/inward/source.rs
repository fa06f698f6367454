//! The stream, as the messages that come out of it in their order.

use std::fmt;
use std::time::Duration;

use anyhow::anyhow;
use async_nats::jetstream::consumer::AckPolicy;
use async_nats::jetstream::consumer::pull::{self, MessagesErrorKind};
use async_nats::jetstream::stream::{ConsumerError, ConsumerErrorKind};
use async_nats::jetstream::{AckKind, ErrorCode, Message};
use bytes::Bytes;
use ch03_structure::MessageType;
use futures_util::StreamExt;

use super::note::Place;
use crate::stream::{Stream, TYPE};

/// What the stream keeps of the bridge: which messages it has, and has not acknowledged.
const CONSUMER: &str = "bridge-in";
/// Not acknowledged for so long, a message comes again.
const REPEAT: Duration = Duration::from_secs(5);
/// So many messages are fetched before they are acknowledged.
const AHEAD: i64 = 64;
/// The broker gives a sign of life so often; when two are missing, it begins again.
const SIGN: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(100);

pub(crate) struct Source<'a> {
    stream: &'a Stream,
    deliveries: Option<pull::Stream>,
    /// How many deliveries there have been.
    count: u64,
}

impl<'a> Source<'a> {
    pub(crate) fn new(stream: &'a Stream) -> Source<'a> {
        Source { stream, deliveries: None, count: 0 }
    }

    /// The next message after the last one that is in the queue.
    ///
    /// The broker numbers its deliveries. When one is missing, or the connection was, what has been
    /// fetched is forgotten, and all that is not acknowledged is fetched again, from the first.
    pub(crate) async fn next(&mut self, last: Option<Place>) -> anyhow::Result<Delivery> {
        loop {
            let stream = self.stream;
            let deliveries = match &mut self.deliveries {
                Some(deliveries) => deliveries,
                None => self.begin().await?,
            };
            let next = tokio::select! {
                () = stream.reconnected() => {
                    self.deliveries = None;
                    continue;
                }
                next = deliveries.next() => next,
            };
            let delivery = match next {
                Some(Ok(message)) => Delivery::new(message)?,
                Some(Err(error)) if error.kind() == MessagesErrorKind::ConsumerDeleted => {
                    return Err(self.expelled().await);
                }
                // The broker is away, or has been. Not so fast: it may be the same again.
                Some(Err(_)) | None => {
                    self.deliveries = None;
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            self.count += 1;
            if delivery.count != self.count {
                self.deliveries = None;
            } else if last.is_some_and(|last| delivery.place.is_not_after(last)) {
                // The broker does not know yet, or any more.
                delivery.answer(AckKind::Ack).await?;
            } else {
                return Ok(delivery);
            }
        }
    }

    /// Somebody has removed what the bridge begins with.
    async fn expelled(&self) -> anyhow::Error {
        match self.stream.stream.get_info().await {
            Ok(_) => anyhow!(
                "another bridge has begun to take messages out of this stream; there can be only one"
            ),
            Err(error) => unreadable(&error),
        }
    }

    /// Begins with the first message that is not acknowledged: acknowledged ones are not in the
    /// stream any more.
    ///
    /// What another bridge, or this one, has fetched is forgotten together with the consumer. The
    /// other one is told.
    async fn begin(&mut self) -> anyhow::Result<&mut pull::Stream> {
        let config = pull::Config {
            durable_name: Some(CONSUMER.to_owned()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: REPEAT,
            max_ack_pending: AHEAD,
            ..pull::Config::default()
        };
        let stream = &self.stream.stream;
        let consumer = loop {
            let consumer = async {
                match stream.delete_consumer(CONSUMER).await {
                    Err(error) if !is_missing(&error) => Err(error),
                    _ => stream.create_consumer(config.clone()).await,
                }
            };
            match consumer.await {
                Err(error) if may_pass(&error) => tokio::time::sleep(PAUSE).await,
                consumer => break consumer.map_err(|error| unreadable(&error))?,
            }
        };
        self.count = 0;
        let deliveries = consumer.stream().max_messages_per_batch(AHEAD as usize).heartbeat(SIGN);
        Ok(self.deliveries.insert(deliveries.messages().await?))
    }
}

fn unreadable(error: &impl fmt::Display) -> anyhow::Error {
    anyhow!("cannot read from the stream, was it removed? {error}")
}

fn is_missing(error: &ConsumerError) -> bool {
    matches!(error.kind(), ConsumerErrorKind::JetStream(error) if error.error_code() == ErrorCode::CONSUMER_NOT_FOUND)
}

/// Whether it is about the connection, or a broker that has just started.
fn may_pass(error: &ConsumerError) -> bool {
    match error.kind() {
        ConsumerErrorKind::TimedOut | ConsumerErrorKind::Request => true,
        ConsumerErrorKind::JetStream(error) => error.code() == 503,
        _ => false,
    }
}

/// A message on its way, and the answer that the broker waits for.
pub(crate) struct Delivery {
    message: Message,
    place: Place,
    /// Which delivery of this consumer's it is.
    count: u64,
}

impl Delivery {
    fn new(message: Message) -> anyhow::Result<Delivery> {
        let info = message.info().map_err(anyhow::Error::from_boxed)?;
        let place = Place { number: info.stream_sequence, published: info.published };
        let count = info.consumer_sequence;
        Ok(Delivery { message, place, count })
    }

    pub(crate) fn place(&self) -> Place {
        self.place
    }

    pub(crate) fn bytes(&self) -> &Bytes {
        &self.message.payload
    }

    /// The type it has in the queue; or why it can have none.
    pub(crate) fn message_type(&self) -> Result<MessageType, String> {
        let headers = self.message.headers.as_ref();
        let Some(value) = headers.and_then(|headers| headers.get(TYPE)) else {
            return Err(format!("it has no header {TYPE}"));
        };
        let value = value.as_str();
        value.parse().map_err(|error| {
            format!("its header {TYPE} is {:?}: {error}", value.escape_default().to_string())
        })
    }

    pub(crate) async fn answer(&self, kind: AckKind) -> anyhow::Result<()> {
        self.message.ack_with(kind).await.map_err(anyhow::Error::from_boxed)
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of the stream ({} bytes)", self.place.number, self.bytes().len())
    }
}
