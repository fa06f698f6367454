//! What the system allows.

use ch12_rights::{Limits, Totals};
use streams::Failure;

use super::refused;

pub(super) fn limits() -> Result<String, Failure> {
    let limits = Limits::now().map_err(|errno| refused("msgctl", errno))?;
    let totals = Totals::now().map_err(|errno| refused("msgctl", errno))?;
    Ok([
        format!("queues     {} of {} (msgmni)", totals.queues, limits.queues),
        format!("messages   {}, {} bytes", totals.messages, totals.bytes),
        format!("a message  {} bytes at most (msgmax)", limits.message),
        format!("a queue    {} bytes when it is made (msgmnb)", limits.capacity),
    ]
    .join("\n"))
}
