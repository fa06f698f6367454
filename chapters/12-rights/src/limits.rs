//! What the system allows, and how much of it is in use.

use std::ffi::c_int;
use std::mem::MaybeUninit;

use nix::errno::Errno;

/// What the kernel allows in this IPC namespace, as `/proc/sys/kernel` has it.
///
/// Root changes them there. None of them touches what exists: a queue keeps the capacity that it was
/// made with, and a message its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "msginfo")]
pub struct Limits {
    /// How many queues there may be (`msgmni`).
    pub queues: usize,
    /// How many bytes a message may have (`msgmax`).
    pub message: usize,
    /// The capacity of a new queue, above which no owner may go without a privilege (`msgmnb`).
    pub capacity: usize,
}

impl Limits {
    /// Asks the kernel, which needs neither a right nor `/proc`.
    ///
    /// # Errors
    ///
    /// `ENOSYS`, `EPERM`: as for any call on queues, where a kernel or a filter has none.
    #[doc(alias = "IPC_INFO")]
    pub fn now() -> nix::Result<Limits> {
        let (info, _) = ask(Command::Limits)?;
        Ok(Limits {
            queues: count(info.msgmni),
            message: count(info.msgmax),
            capacity: count(info.msgmnb),
        })
    }
}

/// What all queues of this IPC namespace have together, those that you may not read among them.
///
/// The three are counted one after the other: while others send, they need not belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "msginfo")]
pub struct Totals {
    /// How many queues there are.
    pub queues: usize,
    /// How many messages are in them.
    pub messages: usize,
    /// How many bytes these messages have together.
    pub bytes: usize,
}

impl Totals {
    /// Asks the kernel, which needs no right.
    ///
    /// # Errors
    ///
    /// As for [`Limits::now`].
    #[doc(alias = "MSG_INFO")]
    pub fn now() -> nix::Result<Totals> {
        let (info, _) = ask(Command::Totals)?;
        // C's structure is older than its meaning here: msgctl(2), MSG_INFO.
        Ok(Totals {
            queues: count(info.msgpool),
            messages: count(info.msgmap),
            bytes: count(info.msgtql),
        })
    }
}

/// The last place of the kernel's table that has a queue; 0 also if none has.
pub(crate) fn last_place() -> nix::Result<c_int> {
    ask(Command::Totals).map(|(_, last)| last)
}

/// The commands whose third argument is a `msginfo`.
#[repr(i32)]
#[derive(Clone, Copy)]
enum Command {
    Limits = libc::IPC_INFO,
    Totals = libc::MSG_INFO,
}

fn ask(command: Command) -> nix::Result<(libc::msginfo, c_int)> {
    let mut info = MaybeUninit::<libc::msginfo>::zeroed();
    // SAFETY: both commands ignore the id and write one `msginfo` at the pointer; there is room for
    // one, mutably borrowed.
    let last = unsafe { libc::msgctl(0, command as c_int, info.as_mut_ptr().cast()) };
    let last = Errno::result(last)?;
    // SAFETY: its fields are integers, which were zeroed, and whatever the kernel wrote is valid.
    Ok((unsafe { info.assume_init() }, last))
}

/// An older kernel lets a number above `i32::MAX` run over.
fn count(raw: c_int) -> usize {
    usize::try_from(raw).unwrap_or(usize::MAX)
}
