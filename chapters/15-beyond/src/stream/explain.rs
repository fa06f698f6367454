//! What is wrong with a broker or its stream, in words for the person who meets it.

use std::error::Error as _;
use std::io;

use anyhow::anyhow;
use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind as Kind};
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy};
use async_nats::{ConnectError, ConnectErrorKind};

pub(super) fn connection(place: &str, error: &ConnectError) -> anyhow::Error {
    let words = match error.kind() {
        ConnectErrorKind::ServerParse => "this is not an address: nats://HOST:PORT",
        ConnectErrorKind::Dns => "nobody knows this host",
        ConnectErrorKind::Io if is_distrust(error) => DISTRUST,
        ConnectErrorKind::Io => {
            "no NATS server answers there; start one (nats-server -js), or name another with --url"
        }
        ConnectErrorKind::AuthorizationViolation => {
            "the server does not let you in; it wants credentials (--creds), or other ones"
        }
        ConnectErrorKind::Authentication => "the credentials cannot be used",
        ConnectErrorKind::Tls => DISTRUST,
        ConnectErrorKind::TimedOut => "it does not answer",
        ConnectErrorKind::MaxReconnects => "it cannot be reached",
    };
    anyhow!("cannot connect to {}: {words} ({error})", place.escape_default())
}

const DISTRUST: &str =
    "no secure connection comes about; if you trust its certificate, say so with --ca";

/// TLS reports what it does not like as data that is invalid.
fn is_distrust(error: &ConnectError) -> bool {
    let source = error.source().and_then(|error| error.downcast_ref::<io::Error>());
    source.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
}

pub(super) fn stream(
    name: &str,
    error: &CreateStreamError,
    complaint: Option<String>,
) -> anyhow::Error {
    let words = match error.kind() {
        Kind::EmptyStreamName | Kind::InvalidStreamName => {
            "a name has no dots, spaces or wildcards".to_owned()
        }
        Kind::JetStreamUnavailable | Kind::NotFound => {
            "the server has no streams; start it with JetStream (nats-server -js)".to_owned()
        }
        Kind::TimedOut => match complaint {
            Some(complaint) => format!("you may not do that there: {complaint}"),
            None => "the server does not answer".to_owned(),
        },
        Kind::JetStream(error) => format!("the server refuses: {error}"),
        Kind::DomainAndExternalSet | Kind::Response | Kind::ResponseParse => {
            format!("the server's answer makes no sense: {error}")
        }
    };
    anyhow!("cannot use the stream {}: {words}", name.escape_default())
}

/// In what a stream that somebody has made is not the one that is needed.
pub(super) fn difference(wanted: &Config, found: &Config) -> Option<String> {
    let Config { subjects, retention, discard, max_bytes, max_age, duplicate_window, .. } = found;
    if *subjects != wanted.subjects {
        Some(format!("for the subjects {subjects:?}, and {:?} is needed", wanted.subjects))
    } else if *retention != RetentionPolicy::WorkQueue {
        Some(format!(
            "and keeps messages by the policy {retention:?}: without WorkQueue it is full one day, forever"
        ))
    } else if *discard != DiscardPolicy::New {
        Some("and throws the oldest message away when it is full (discard: New is needed)".into())
    } else if *max_bytes > 0 {
        Some(format!(
            "and is limited to {max_bytes} bytes: servers before 2.10.5 throw the oldest message away then, whatever the policy (max_bytes: -1 is needed)"
        ))
    } else if !max_age.is_zero() {
        Some(format!("and throws messages away after {max_age:?} (max_age: 0 is needed)"))
    } else if *duplicate_window < wanted.duplicate_window {
        Some(format!(
            "and remembers IDs for {duplicate_window:?}, not for {:?} (--duplicate-window)",
            wanted.duplicate_window
        ))
    } else {
        None
    }
}
