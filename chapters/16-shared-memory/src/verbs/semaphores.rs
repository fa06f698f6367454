//! The first version, and the end of it.

use std::process::id;

use ch16_shared_memory::{SemaphoreRing, Shape, Step, unlink};
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::children::Child;
use super::die::die_at;
use super::shared::failed;

const SLOTS: u32 = 8;

/// Kills sender after sender between the two semaphores, until the ring is full of nothing.
pub(crate) fn semaphores() -> Result<(), Failure> {
    let mut output = stdout()?;
    let cannot = |errno| failed("the ring with two semaphores", errno);
    let name = format!("/ch16-semaphores-{}", id());
    let shape = Shape::new(SLOTS, 255).map_err(cannot)?;
    let ring = SemaphoreRing::create_new(&name, shape).map_err(cannot)?;
    // Children have it from their parent.
    unlink(&name).map_err(cannot)?;
    let mut print = |line: &str| output.line(line).map_err(|error| Failure::output(&error));

    print(&format!("a ring of {SLOTS} slots and two semaphores, empty"))?;
    let mut message = Vec::new();
    for deaths in 1..=SLOTS {
        let child = Child::start(|_| ring.try_send_at(b"hello", die_at(Step::Entered)));
        child.and_then(Child::wait).map_err(cannot)?;
        let received = ring.try_recv(&mut message).map_err(cannot)?;
        let sent = ring.try_send(b"hello");
        let works = sent.is_ok() && ring.try_recv(&mut message).map_err(cannot)?;
        print(&format!(
            "senders killed: {deaths}; messages in it: {}; {}",
            u32::from(received),
            match sent {
                Ok(()) if works => "one more can be sent".to_owned(),
                Ok(()) => "one more was sent, and is lost".to_owned(),
                Err(errno) => format!("one more: the ring is full ({errno:?})"),
            }
        ))?;
        if sent == Err(Errno::EAGAIN) {
            return Ok(());
        }
    }
    Err(Failure::new("the ring has survived, which it should not"))
}
