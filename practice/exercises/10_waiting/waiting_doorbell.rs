// Write the call: find out that a message waits, and leave it where it is.
//
// A thread of its own waits for a queue, so that the program can sleep in poll. If that thread
// took the message and the program were killed, the message would be lost. So it must only ring.
//
// There is a way to call msgrcv that sleeps until a message comes, and then fails, and the message
// stays. It needs no room but that for the type. One kind of message cannot be left there so.

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
    // TODO: which size, which type, which flags? And say in a SAFETY comment what the kernel
    // writes. What does each outcome mean?
    println!("queue {id}: the type would go to {:p}", &raw mut message_type);
    Err(Errno::ENOSYS)
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
