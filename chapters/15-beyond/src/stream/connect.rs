//! The connection to the broker.

use std::future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::anyhow;
use async_nats::{Client, ConnectOptions, Event, ServerAddr};
use tokio::sync::Notify;

use super::{PATIENCE, StreamOptions, explain};

/// The longest pause between two attempts to reach a broker that is away.
const PAUSE: Duration = Duration::from_millis(500);

/// Connects. What is broken later is connected again, as often as it takes.
pub(super) async fn connect(
    options: &StreamOptions,
    connected: &Arc<Notify>,
    complaint: &Arc<Mutex<Option<String>>>,
) -> anyhow::Result<Client> {
    let (connected, complaint) = (Arc::clone(connected), Arc::clone(complaint));
    let mut connection = ConnectOptions::new()
        .name("bridge")
        .connection_timeout(PATIENCE)
        .reconnect_delay_callback(|attempt| PAUSE.min(Duration::from_millis(50 * attempt as u64)))
        .event_callback(move |event| {
            match event {
                Event::Connected => connected.notify_one(),
                Event::ServerError(error) => {
                    *complaint.lock().unwrap() = Some(error.to_string());
                }
                _ => {}
            }
            future::ready(())
        });
    if let Some(path) = &options.creds {
        let opened = connection.credentials_file(path).await;
        connection = opened.map_err(|error| {
            anyhow!("cannot use the credentials in {}: {error}", path.display())
        })?;
    }
    if let Some(path) = &options.ca {
        connection = connection.add_root_certificates(path.clone());
    }
    let url = &options.url;
    let address: ServerAddr = url.parse().map_err(|_| {
        // What is before the @ may be a password.
        let shown = url.rsplit_once('@').map_or(url.as_str(), |(_, place)| place);
        let shown = shown.escape_default();
        anyhow!("{shown} is not an address: nats://HOST:PORT, or tls://HOST:PORT")
    })?;
    // The connection does not look for them there.
    if let (Some(user), Some(password)) = (address.username(), address.password()) {
        connection = connection.user_and_password(user.to_owned(), password.to_owned());
    }
    let place = format!("{}:{}", address.host(), address.port());
    connection.connect(address).await.map_err(|error| explain::connection(&place, &error))
}
