use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, set_capacity};
use nix::errno::Errno;

/// Where the server's queue is to be.
trait Place {
    /// Makes the queue; EEXIST if there is one.
    fn create(&self) -> nix::Result<Queue>;
    /// Finds the queue; ENOENT if there is none.
    fn find(&self) -> nix::Result<Queue>;
}

/// The server's queue, and how many messages waited in it.
#[derive(Debug, PartialEq, Eq)]
struct Mailbox {
    queue: Queue,
    waiting: usize,
}

/// How often one asks again.
const ATTEMPTS: usize = 100;
/// What a queue holds when its door is open, in bytes.
const CAPACITY: usize = 16_384;

/// Makes the server's queue, or takes over the one that is there, with the messages that wait in it.
///
/// If the door of that one is shut (capacity 0), whoever shut it was killed: it is opened, with `CAPACITY`. A door that is
/// open stays as it is. If the queue vanishes half-way (ENOENT, EINVAL or EIDRM), or is suddenly there, everything begins
/// anew, `ATTEMPTS` times at most; then the answer is EEXIST. Any other error is returned at once.
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
    Ok(Mailbox {
        queue,
        waiting: status.messages,
    })
}

impl Place for Key {
    fn create(&self) -> nix::Result<Queue> {
        Queue::create_new(*self, Mode::S_IRUSR | Mode::S_IWUSR)
    }

    fn find(&self) -> nix::Result<Queue> {
        Queue::open(*self)
    }
}

fn main() {
    let number = 0x5400_0000 | std::process::id() as i32;
    let Some(key) = Key::new(number) else { return };
    for run in ["first", "second"] {
        match start(&key) {
            Ok(mailbox) => println!(
                "{run} run: queue {}, {} waiting; {ATTEMPTS} attempts, {CAPACITY} bytes",
                mailbox.queue.id(),
                mailbox.waiting
            ),
            Err(errno) => println!("{run} run: {errno}"),
        }
        if let Ok(queue) = key.find() {
            let _ = practice::send(queue.id(), 1, b"are you there?");
        }
    }
    if let Ok(queue) = key.find() {
        practice::remove(queue.id());
    }
}

#[cfg(test)]
#[path = "../../checks/07_programs/program_start.rs"]
mod tests; // the functions marked #[test]
