//! The desk between the test and one of its processes: memory that both have.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::ops::Deref;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicU32, AtomicU64};

use nix::errno::Errno;
use simulator::Settings;

/// The longest message that a real process can send or receive, in bytes.
pub const LONGEST: usize = 1 << 20;

/// How many supplementary groups a real process can have.
pub(crate) const MOST_GROUPS: usize = 16;

/// What a process is asked to do. It is copied into another process: no pointers.
#[derive(Clone, Copy)]
pub(crate) enum Request {
    /// Enter the IPC namespace of this thread of the test.
    Enter {
        process: i32,
        thread: i32,
    },
    /// Have these credentials.
    Become(RawCredentials),
    Get {
        key: i32,
        flags: i32,
    },
    /// The text is in the buffer.
    Send {
        id: i32,
        mtype: i64,
        len: usize,
        flags: i32,
    },
    /// What comes is put into the buffer.
    Receive {
        id: i32,
        size: usize,
        msgtyp: i64,
        flags: i32,
        /// Whether there is room for any message that can be in a queue.
        roomy: bool,
    },
    Stat {
        id: i32,
    },
    Set {
        id: i32,
        settings: Settings,
    },
    Remove {
        id: i32,
    },
}

/// Credentials of a fixed size.
#[derive(Clone, Copy)]
pub(crate) struct RawCredentials {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) groups: [u32; MOST_GROUPS],
    pub(crate) group_count: usize,
    /// One bit for each capability that matters to queues.
    pub(crate) capabilities: u32,
}

/// What came of it: what the call returned, or errno.
#[derive(Clone, Copy)]
pub(crate) enum Reply {
    Number(i64),
    Status(RawStatus),
    Failed(i32),
}

impl From<nix::Result<i64>> for Reply {
    fn from(result: nix::Result<i64>) -> Reply {
        match result {
            Ok(number) => Reply::Number(number),
            Err(errno) => Reply::Failed(errno as i32),
        }
    }
}

/// What `IPC_STAT` returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawStatus {
    pub(crate) key: i32,
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) cuid: u32,
    pub(crate) cgid: u32,
    pub(crate) cbytes: u64,
    pub(crate) qnum: u64,
    pub(crate) qbytes: u64,
    pub(crate) lspid: i32,
    pub(crate) lrpid: i32,
}

/// A message as the calls take it: the type, then the text.
#[repr(C)]
pub(crate) struct MsgBuf {
    pub(crate) mtype: i64,
    pub(crate) text: [u8; LONGEST],
}

/// The memory. Whose turn it is says who may touch what is in the cells: the process from the moment
/// that `turn` is ahead of `done`, the test from the moment that they are equal again.
#[repr(C)]
pub(crate) struct Desk {
    /// How many requests the test has put down. The process sleeps on this word (futex).
    pub(crate) turn: AtomicU32,
    /// How many of them the process has answered.
    pub(crate) done: AtomicU32,
    /// As which of all processes' calls the last one ended.
    pub(crate) place: AtomicU64,
    /// Whether the process runs as soon as it is woken, in the order of waking.
    pub(crate) in_order: AtomicU32,
    /// Whether the chapters' crates make the calls, where they can.
    pub(crate) through_crates: AtomicU32,
    pub(crate) request: UnsafeCell<MaybeUninit<Request>>,
    pub(crate) reply: UnsafeCell<MaybeUninit<Reply>>,
    pub(crate) buffer: UnsafeCell<MsgBuf>,
}

/// A `T` in memory that forked processes share, zeroed at first.
pub(crate) struct Shared<T> {
    start: NonNull<T>,
}

impl<T> Shared<T> {
    /// # Safety
    ///
    /// A `T` may consist of zeroes.
    pub(crate) unsafe fn zeroed() -> nix::Result<Shared<T>> {
        // SAFETY: a new mapping at an address of the kernel's choice: it replaces no other. Pages are
        // larger than any alignment here.
        let start = unsafe {
            libc::mmap(
                ptr::null_mut(),
                size_of::<T>(),
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if start == libc::MAP_FAILED {
            return Err(Errno::last());
        }
        let start = NonNull::new(start.cast()).expect("nothing is mapped at 0");
        Ok(Shared { start })
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: mapped as long as `self` lives, large enough, aligned to a page, and made of zeroes or
        // of what was stored through `T`'s own cells and atomics since.
        unsafe { self.start.as_ref() }
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        // SAFETY: the whole mapping, to which no reference outlives `self`.
        let _ = unsafe { libc::munmap(self.start.as_ptr().cast(), size_of::<T>()) };
    }
}
