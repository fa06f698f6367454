//! The stream, as another client of the broker sees it.

use std::time::Duration;

use async_nats::jetstream::context::ContextBuilder;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, State};
use async_nats::jetstream::{self, Context};
use async_nats::{ConnectError, ConnectOptions, HeaderMap};
use tokio::runtime::{Builder, Runtime};

use crate::Pair;
use crate::broker::Broker;

pub(crate) const STREAM: &str = "mailbox";

/// A connection of the test's own.
pub(crate) struct Mailbox {
    runtime: Runtime,
    context: Context,
}

impl Mailbox {
    pub(crate) fn connect(broker: &Broker) -> Mailbox {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a thread can be started");
        // On a busy machine the broker takes its time.
        let patience = Duration::from_secs(30);
        let context = runtime.block_on(async {
            let options = ConnectOptions::new().connection_timeout(patience);
            let client = options.connect(broker.address()).await?;
            Ok::<_, ConnectError>(ContextBuilder::new().timeout(patience).build(client))
        });
        let context = context.expect("the broker is ready");
        Mailbox { runtime, context }
    }

    /// Publishes a message with this type.
    pub(crate) fn publish(&self, message_type: i64, bytes: &[u8]) {
        self.publish_with(&[("SysV-Type", &message_type.to_string())], bytes);
    }

    /// Publishes a message with these headers.
    pub(crate) fn publish_with(&self, headers: &[(&str, &str)], bytes: &[u8]) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, *value);
        }
        let bytes = bytes.to_vec().into();
        self.runtime
            .block_on(async { self.context.publish_with_headers(STREAM, map, bytes).await?.await })
            .expect("the stream takes it");
    }

    /// Publishes messages of type 1, without waiting for each acknowledgement by itself.
    pub(crate) fn publish_all(&self, messages: impl IntoIterator<Item = Vec<u8>>) {
        let published = self.runtime.block_on(async {
            let mut acknowledgements = vec![];
            for bytes in messages {
                let mut headers = HeaderMap::new();
                headers.insert("SysV-Type", "1");
                let published = self.context.publish_with_headers(STREAM, headers, bytes.into());
                acknowledgements.push(published.await?);
            }
            for acknowledgement in acknowledgements {
                acknowledgement.await?;
            }
            Ok::<_, jetstream::context::PublishError>(())
        });
        published.expect("the stream takes them");
    }

    /// How many messages are in the stream.
    pub(crate) fn len(&self) -> u64 {
        self.state().messages
    }

    /// The number of the last message that the stream has stored: how many that were.
    pub(crate) fn last_number(&self) -> u64 {
        self.state().last_sequence
    }

    fn state(&self) -> State {
        let state = self.runtime.block_on(async {
            let mut stream = self.context.get_stream(STREAM).await.ok()?;
            Some(stream.info().await.ok()?.state.clone())
        });
        state.expect("the bridge has made the stream")
    }

    /// Removes the stream.
    pub(crate) fn delete(&self) {
        let deleted = self.runtime.block_on(self.context.delete_stream(STREAM));
        assert!(deleted.expect("the bridge has made the stream").success);
    }

    /// The messages in the stream, in its order.
    pub(crate) fn messages(&self) -> Vec<Pair> {
        self.stored().into_iter().map(|(_, pair)| pair).collect()
    }

    /// The same; they are removed.
    pub(crate) fn take(&self) -> Vec<Pair> {
        let taken = self.stored();
        self.runtime.block_on(async {
            let stream = self.context.get_stream(STREAM).await.expect("it is there");
            if let Some((last, _)) = taken.last() {
                stream.purge().sequence(last + 1).await.expect("they are there");
            }
        });
        taken.into_iter().map(|(_, pair)| pair).collect()
    }

    fn stored(&self) -> Vec<(u64, Pair)> {
        let state = self.state();
        self.runtime.block_on(async {
            let stream = self.context.get_stream(STREAM).await.expect("it is there");
            let mut all = vec![];
            for number in state.first_sequence..=state.last_sequence {
                // Some in between may be gone.
                let Ok(message) = stream.get_raw_message(number).await else { continue };
                let message_type = message.headers.get("SysV-Type").expect("it has a type");
                let message_type = message_type.as_str().parse().expect("a number");
                all.push((number, (message_type, message.payload.to_vec())));
            }
            all
        })
    }

    /// Makes the stream anew, and other than the bridge does.
    pub(crate) fn make_stream(&self, change: &str) {
        let mut config = Config {
            name: STREAM.to_owned(),
            subjects: vec![STREAM.to_owned()],
            retention: RetentionPolicy::WorkQueue,
            discard: DiscardPolicy::New,
            duplicate_window: Duration::from_secs(3600),
            ..Config::default()
        };
        match change {
            "subject" => config.subjects = vec!["other".to_owned()],
            "limits" => config.retention = RetentionPolicy::Limits,
            "old" => config.discard = DiscardPolicy::Old,
            "bytes" => config.max_bytes = 3000,
            "age" => config.max_age = Duration::from_secs(60),
            "window" => config.duplicate_window = Duration::from_secs(60),
            other => panic!("{other}"),
        }
        if change == "age" {
            config.duplicate_window = config.max_age;
        }
        self.runtime.block_on(async {
            // There is none the first time.
            let _ = self.context.delete_stream(STREAM).await;
            self.context.create_stream(config).await.expect("it can be made");
        });
    }
}
