use ch02_create::Queue;
use ch06_cleanup::{Status, set_capacity};
use nix::errno::Errno;
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
    for _ in 0..ATTEMPTS {
        match place.create() {
            Err(Errno::EEXIST) => {}
            made => return made.map(|queue| Mailbox { queue, waiting: 0 }),
        }
        match take_over(place) {
            Err(Errno::ENOENT | Errno::EINVAL | Errno::EIDRM) => {}
            done => return done,
        }
    }
    Err(Errno::EEXIST)
}

/// Takes over the queue that is there.
fn take_over(place: &impl Place) -> nix::Result<Mailbox> {
    let queue = place.find()?;
    let status = Status::of(queue)?;
    if status.capacity == 0 {
        set_capacity(queue, CAPACITY)?;
    }
    Ok(Mailbox { queue, waiting: status.messages })
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
