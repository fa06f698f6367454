//! Publishing, until it is acknowledged.

use std::time::Duration;

use anyhow::anyhow;
use async_nats::jetstream::context::{PublishError, PublishErrorKind};
use async_nats::jetstream::{Error, ErrorCode};
use ch15_beyond::Window;
use streams::report;
use tokio::time::{Instant, sleep, timeout_at};

use super::carry::Outward;
use crate::stop::Stop;
use crate::stream::PATIENCE;

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(100);

const AWAY: &str = "the broker is away";

impl Outward {
    /// Publishes a window again and again, until each message is acknowledged. False: it was asked
    /// to stop before that.
    ///
    /// Nothing is taken meanwhile: the queue fills, and its senders wait.
    pub(super) async fn publish(&self, window: &Window, stop: &mut Stop) -> anyhow::Result<bool> {
        let mut open: Vec<usize> = (0..window.messages.len()).collect();
        let mut reported = None;
        while let Some(trouble) = self.attempt(window, &mut open).await? {
            if reported.as_ref() != Some(&trouble) {
                report(format_args!("bridge: {trouble}; the queue waits"));
                reported = Some(trouble);
            }
            tokio::select! {
                biased;
                () = stop.asked() => return Ok(false),
                () = sleep(PAUSE) => {}
            }
        }
        if reported.is_some() {
            report("bridge: the stream takes messages again");
        }
        Ok(true)
    }

    /// Publishes the messages at these places, all at once, and keeps of them those that are not
    /// acknowledged. Says what the trouble is, if there is any.
    async fn attempt(
        &self,
        window: &Window,
        open: &mut Vec<usize>,
    ) -> anyhow::Result<Option<String>> {
        if !self.stream.is_connected() {
            return Ok(Some(AWAY.to_owned()));
        }
        // The way to a broker that stands still is full one day; nothing waits for that forever.
        let (end, mut sent) = (Instant::now() + PATIENCE, Vec::new());
        for index in open.drain(..) {
            let message = &window.messages[index];
            let (id, number) = (window.id(index), message.message_type.raw());
            let publishing = self.stream.publish(&id, number, message.bytes.clone());
            sent.push((index, timeout_at(end, publishing).await));
        }
        let (end, mut trouble) = (Instant::now() + PATIENCE, None);
        for (index, acknowledgement) in sent {
            let answer = match acknowledgement {
                Ok(Ok(acknowledgement)) => tokio::select! {
                    biased;
                    answer = timeout_at(end, acknowledgement.into_future()) => answer.ok(),
                    () = self.stream.disconnected() => None,
                },
                Ok(Err(error)) => Some(Err(error)),
                Err(_) => None,
            };
            if !matches!(answer, Some(Ok(_))) {
                open.push(index);
                trouble = Some(self.trouble(answer.and_then(Result::err))?);
            }
        }
        Ok(trouble)
    }

    /// What the trouble is, if it may pass; an error if it never will.
    fn trouble(&self, error: Option<PublishError>) -> anyhow::Result<String> {
        let silence = |error: &PublishError| error.kind() == PublishErrorKind::TimedOut;
        let Some(error) = error.filter(|error| !silence(error)) else {
            return Ok(match self.stream.complaint() {
                _ if !self.stream.is_connected() => AWAY.to_owned(),
                Some(complaint) => format!("the broker complains ({complaint})"),
                None => "the broker does not answer".to_owned(),
            });
        };
        Ok(match error.kind() {
            PublishErrorKind::MaxPayloadExceeded => {
                return Err(anyhow!(
                    "a message is longer than this broker takes ({error}); it stays in the queue, or in the journal. Raise max_payload there"
                ));
            }
            PublishErrorKind::StreamNotFound => {
                "no stream takes the messages; it was removed, or the broker has just begun"
                    .to_owned()
            }
            _ if is_full(&error) => "the stream is full".to_owned(),
            _ => format!("the broker does not take a message ({error})"),
        })
    }
}

/// Whether the stream refuses for want of space.
fn is_full(error: &PublishError) -> bool {
    let refusal = std::error::Error::source(error).and_then(|error| error.downcast_ref::<Error>());
    refusal.is_some_and(|refusal| refusal.error_code() == ErrorCode::STREAM_STORE_FAILED)
}
