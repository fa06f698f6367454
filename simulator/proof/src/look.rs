//! Looking at a process through `/proc`, thousands of times a second.
//!
//! What counts as asleep is what [`support::asleep_in_msg_call`] says; the files stay open here.

use std::fs::File;
use std::os::unix::fs::FileExt;

/// The files about one process.
pub(crate) struct Look {
    process: i32,
    stat: File,
    syscall: Option<File>,
    steps: File,
}

/// Something that is different whenever the process has run in between.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Steps([u8; 128]);

impl Look {
    pub(crate) fn at(process: i32) -> Look {
        let open = |name: &str| File::open(format!("/proc/{process}/task/{process}/{name}"));
        let must = |name: &str| open(name).unwrap_or_else(|error| panic!("/proc: {name}: {error}"));
        Look {
            process,
            stat: must("stat"),
            syscall: open("syscall").ok(),
            steps: must("schedstat"),
        }
    }

    /// Whether the process is asleep in `msgsnd` or `msgrcv`.
    pub(crate) fn is_asleep(&self) -> bool {
        let mut text = [0; 128];
        let number = self.syscall.as_ref().map(|file| read(file, &mut text));
        let Some(Some(line)) = number else {
            return support::asleep_in_msg_call(self.process);
        };
        is_msg_call(line) && self.state() == Some(b'S')
    }

    /// The letter of its state.
    pub(crate) fn state(&self) -> Option<u8> {
        let mut text = [0; 128];
        let line = read(&self.stat, &mut text)?;
        let name_ends = line.iter().rposition(|byte| *byte == b')')?;
        line.get(name_ends + 2).copied()
    }

    /// How long it has run, and how often.
    pub(crate) fn steps(&self) -> Steps {
        let mut text = [0; 128];
        assert!(read(&self.steps, &mut text).is_some(), "/proc tells how often a process has run");
        Steps(text)
    }
}

fn read<'a>(file: &File, text: &'a mut [u8]) -> Option<&'a [u8]> {
    let len = file.read_at(text, 0).ok().filter(|len| *len > 0)?;
    Some(&text[..len])
}

/// The first word of `syscall` is the number of the call that a process is blocked in.
fn is_msg_call(line: &[u8]) -> bool {
    let number = line.split(|byte| *byte == b' ').next();
    let number = number.and_then(|number| std::str::from_utf8(number).ok()?.parse().ok());
    number.is_some_and(|number: libc::c_long| {
        number == libc::SYS_msgsnd || number == libc::SYS_msgrcv
    })
}

#[cfg(test)]
mod tests {
    use super::{Look, is_msg_call};

    #[test]
    fn only_the_two_calls_count() {
        for number in [libc::SYS_msgsnd, libc::SYS_msgrcv] {
            assert!(is_msg_call(format!("{number} 0x0 0x7ffc 0x100\n").as_bytes()));
        }
        assert!(!is_msg_call(format!("{} 0x0\n", libc::SYS_futex).as_bytes()));
        assert!(!is_msg_call(b"running\n"));
    }

    #[test]
    fn process_that_has_run_has_other_steps() {
        let look = Look::at(support::this_thread());
        let before = look.steps();
        support::until("this thread to have slept and run again", || look.steps() != before);
        assert_eq!(look.state(), Some(b'R'));
        assert!(!look.is_asleep());
    }
}
