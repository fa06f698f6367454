use std::ffi::{c_int, c_long};

use nix::errno::Errno;

/// What has happened at the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bell {
    /// A message waits, and still does.
    Waits,
    /// There was a message without bytes, of this type. It has been taken out.
    Taken(c_long),
}

/// Sleeps, in the kernel, until a message of any type is in the queue `id`, and says so.
///
/// The oldest message stays, whole and in its place. Only one without bytes does not: it is handed
/// to the caller. Every error is returned, that of a signal (EINTR) too.
fn wait_for_any(id: c_int) -> nix::Result<Bell> {
    let mut message_type: c_long = 0;
    // SAFETY: the kernel writes one `c_long` at the pointer, and, with a size of 0, nothing after
    // it. It is ours, and borrowed until the call returns; any bytes are a valid `c_long`.
    let length = unsafe { libc::msgrcv(id, (&raw mut message_type).cast(), 0, 0, 0) };
    match Errno::result(length) {
        Ok(_) => Ok(Bell::Taken(message_type)),
        // There is one, it does not fit, and it stays.
        Err(Errno::E2BIG) => Ok(Bell::Waits),
        Err(errno) => Err(errno),
    }
}

fn main() {
    for text in ["hello", ""] {
        practice::with_queue(&[text], |queue| {
            println!("{text:?}: {:?}", wait_for_any(queue.id()));
        });
    }
    println!("there are two kinds: {:?} and {:?}", Bell::Waits, Bell::Taken(1));
}

#[cfg(test)]
#[path = "../../checks/10_waiting/waiting_doorbell.rs"]
mod tests; // the functions marked #[test]
