//! Errors, and who may do what.

use super::edges::does_well;
use super::*;
use nix::errno::Errno;
use practice::{Call, Room, alone, clear, errnos, failing, queue, send};
use support::{as_stranger, caught};

/// What your server returns when the call of msgrcv for this message fails, and what it has
/// printed.
fn with_failure(
    room: &Room,
    nth: usize,
    errno: Errno,
) -> (Result<io::Result<End>, String>, String) {
    let queue = queue(room);
    for text in ["one\0", "two\0", "exit\0"] {
        send(queue.id(), 1, text.as_bytes()).expect("room for it");
    }
    let mut printed = Vec::new();
    let is_receive = |call| matches!(call, Call::Receive(..));
    let ended = caught(|| failing(is_receive, nth, errno, || serve(queue, &mut printed)));
    clear(room);
    let ended = ended.and_then(|ended| {
        ended.ok_or_else(|| "three messages need three calls of msgrcv".to_owned())
    });
    (ended, String::from_utf8_lossy(&printed).into_owned())
}

#[test]
fn other_error_is_returned() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        // The receiver deals with a message that is too long, and nothing is asked without waiting.
        let meant = [Errno::EINTR, Errno::EIDRM, Errno::EINVAL, Errno::E2BIG, Errno::ENOMSG];
        for (nth, errno) in errnos::at_steps(3, &errnos::RECEIVE, &meant) {
            let (ended, printed) = with_failure(room, nth, errno);
            let failed = format!("msgrcv fails with {errno}, at message {nth}");
            match ended {
                Ok(Ok(end)) => panic!(
                    "{failed}, and your server ends as if all were well ({end:?}): the queue is there, and nobody has \
                     said exit"
                ),
                Ok(Err(error)) => assert!(
                    error.raw_os_error() == Some(errno as i32),
                    "{failed}, and your server returns another error: {error}"
                ),
                Err(said) => panic!("{failed}, and your server panics: {said}"),
            }
            assert!(
                printed.lines().count() == nth - 1,
                "{failed}, and your server has printed {printed:?}: those before it, and no other"
            );
        }
    });
}

#[test]
fn queue_that_is_gone_is_the_end_whenever_that_is() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        for (nth, errno) in errnos::at_steps(3, &[Errno::EINVAL, Errno::EIDRM], &[]) {
            let (ended, _) = with_failure(room, nth, errno);
            assert!(
                matches!(ended, Ok(Ok(End::Gone))),
                "the queue is removed before message {nth} is received ({errno}), and your server ends with {ended:?}: \
                 that is End::Gone"
            );
        }
    });
}

#[test]
fn interrupted_call_is_made_again_at_each_message() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        for nth in [1, 2, 3] {
            let (ended, printed) = with_failure(room, nth, Errno::EINTR);
            assert!(
                matches!(ended, Ok(Ok(End::Exit))) && printed.lines().count() == 3,
                "a signal interrupts your server before message {nth} (EINTR), and it ends with {ended:?}, having \
                 printed {printed:?}: ask again"
            );
        }
    });
}

/// A screen that is closed, from some call on. Behind a buffer it is `flush` that learns of it.
struct Closed {
    errno: i32,
    /// How many calls of `write` and of `flush` succeed.
    writes: usize,
    flushes: usize,
    failed: bool,
}

impl Closed {
    fn call(&mut self, left: fn(&mut Closed) -> &mut usize) -> io::Result<()> {
        let left = left(self);
        if *left > 0 {
            *left -= 1;
            return Ok(());
        }
        self.failed = true;
        Err(io::Error::from_raw_os_error(self.errno))
    }
}

impl Write for Closed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.call(|screen| &mut screen.writes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call(|screen| &mut screen.flushes)
    }
}

#[test]
fn error_of_printing_is_returned() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        const ALL: usize = usize::MAX;
        let limits = [0, 1, 2].into_iter().flat_map(|nth| [(nth, ALL), (ALL, nth)]);
        for ((writes, flushes), errno) in
            limits.flat_map(|limit| [(limit, libc::EPIPE), (limit, libc::ENOSPC)])
        {
            let queue = queue(room);
            for text in ["one\0", "two\0", "exit\0"] {
                send(queue.id(), 1, text.as_bytes()).expect("room for it");
            }
            let mut screen = Closed { errno, writes, flushes, failed: false };
            let ended = caught(|| serve(queue, &mut screen));
            clear(room);
            let error = io::Error::from_raw_os_error(errno);
            let returned = matches!(&ended, Ok(Err(error)) if error.raw_os_error() == Some(errno));
            assert!(
                returned || writes == ALL || !screen.failed,
                "what your server prints cannot be written ({error}), and it ends with {ended:?}: messages that nobody \
                 sees are lost, and its caller must learn of it"
            );
            assert!(
                returned || !screen.failed,
                "flush fails ({error}), and your server ends with {ended:?}: with a buffer it is flush that learns \
                 that nothing can be written"
            );
        }
    });
}

#[test]
fn server_needs_no_more_than_the_right_to_read() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        // Another test tells about a server that takes every error for nothing: it would go on
        // forever.
        if !matches!(with_failure(room, 1, Errno::EACCES).0, Ok(Err(_))) {
            return;
        }
        for (mode, may) in [(0o604, true), (0o602, false)] {
            let queue =
                Queue::private(ch02_create::Mode::from_bits_truncate(mode)).expect("a queue");
            room.watch(queue.id());
            send(queue.id(), 1, b"exit\0").expect("room for it");
            let ended = as_stranger(20_112, || caught(|| serve(queue, &mut Vec::new())));
            clear(room);
            // Where nobody can become somebody else, support says so.
            let Some(ended) = ended else { return };
            if may {
                assert!(
                    matches!(ended, Ok(Ok(End::Exit))),
                    "the queue is root's, and others may read it, which is enough to receive; your server ends with \
                     {ended:?}"
                );
            } else {
                assert!(
                    matches!(&ended, Ok(Err(error)) if error.raw_os_error() == Some(libc::EACCES)),
                    "the queue is root's, and others may not read it (EACCES); your server ends with {ended:?}"
                );
            }
        }
    });
}
