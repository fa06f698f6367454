// Use the calls: start a server where its last run may have been killed.
//
// Nobody else serves here, but a queue may be there all the same, with messages in it, or with its
// door shut forever. And what one call says may be wrong by the next: the tests remove the queue,
// or make it, at the worst moments.
//
// A `Place` is where the queue belongs: its `create` makes the queue, or fails with EEXIST if
// there is one; its `find` finds it, or fails with ENOENT if there is none. What you need beside
// it: nix::errno::Errno, and chapter 6's ch06_cleanup::{Status, set_capacity}.

use ch02_create::Queue;
use practice::Place;

/// The server's queue, and how many messages waited in it.
#[derive(Debug, PartialEq, Eq)]
struct Mailbox {
    queue: Queue,
    waiting: usize,
}

/// How often to try.
const ATTEMPTS: usize = 100;
/// What a queue holds when its door is open, in bytes.
const CAPACITY: usize = 16_384;

/// Makes the server's queue, or takes over the one that is there, with the messages that wait in
/// it.
///
/// If the door of that one is shut (capacity 0), whoever shut it was killed: it is opened, with
/// `CAPACITY`. A door that is open stays as it is. If the queue vanishes half-way (ENOENT, EINVAL
/// or EIDRM), or is suddenly there, everything begins anew, `ATTEMPTS` times at most; then the
/// answer is EEXIST. Any other error is returned at once.
fn start(place: &impl Place) -> nix::Result<Mailbox> {
    // TODO: the last run may have been killed, and a key may be taken.
    let queue = place.create()?;
    Ok(Mailbox { queue, waiting: 0 })
}

fn main() -> nix::Result<()> {
    println!("{ATTEMPTS} attempts at most; an open door has {CAPACITY} bytes");
    let key = practice::key_of_process();
    for run in ["first", "second"] {
        println!("{run} run: {:?}", start(&key));
        let _ = practice::send(key.find()?.id(), 1, b"are you there?");
    }
    practice::remove(key.find()?.id());
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/07_server/program_start.rs"]
mod tests; // the functions marked #[test]
