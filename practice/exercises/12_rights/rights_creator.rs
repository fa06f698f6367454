// Find the bug: a server that takes a squatter's queue for its own.
//
// The server finds its queue by a key that everybody knows. Somebody made a queue with that key
// first, and gave it to the server's user. Now its owner looks right, and who gave it away still
// reads it, sends to it and can remove it.

use ch01_key_setup::Key;
use ch02_create::Queue;
use ch06_cleanup::Status;
use nix::errno::Errno;
use nix::unistd::Uid;

/// Finds the queue with this key, if `trusted` has made it, whoever owns it now.
///
/// A queue that somebody else has made is EPERM. What cannot be looked at is not trusted. Every
/// error is returned, as it is, and nothing changes. What is returned is the queue that was checked,
/// also if there is another one with this key by now.
fn find(key: Key, trusted: Uid) -> nix::Result<Queue> {
    // TODO: what of a queue can nobody change? And how often may you ask for the key?
    let status = Status::of(Queue::open(key)?)?;
    if status.owner.0 != trusted {
        return Err(Errno::EPERM);
    }
    Queue::open(key)
}

fn main() -> nix::Result<()> {
    let key = practice::key_of_process();
    let queue = Queue::create_new(key, ch02_create::Mode::S_IRWXU)?;
    println!("made by yourself: {:?}", find(key, Uid::current()));
    println!("made by user 4242: {:?}", find(key, Uid::from_raw(4242)));
    ch06_cleanup::remove(queue)
}

#[cfg(test)]
#[path = "../../checks/12_rights/rights_creator.rs"]
mod tests; // the functions marked #[test]
