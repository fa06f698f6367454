//! The flags of the calls: C's names and Linux's numbers, so that what is read here can be typed
//! there.

/// The key that is no key: `msgget` makes a new queue that no key leads to.
pub const IPC_PRIVATE: i32 = 0;

/// `msgget`: make the queue if there is none.
pub const IPC_CREAT: i32 = 0o1000;

/// `msgget` with [`IPC_CREAT`]: fail if there is one. Without it the kernel ignores this flag.
pub const IPC_EXCL: i32 = 0o2000;

/// `msgsnd`, `msgrcv`: fail where the call would sleep.
pub const IPC_NOWAIT: i32 = 0o4000;

/// `msgrcv`: cut a message that is too long for the buffer, without a sign of it.
pub const MSG_NOERROR: i32 = 0o1_0000;

/// `msgrcv` with a type above 0: the first message of any other type. Ignored with 0 and below.
pub const MSG_EXCEPT: i32 = 0o2_0000;

/// `msgrcv` with [`IPC_NOWAIT`]: copy out the message at the place that the type says, and leave it
/// there.
pub const MSG_COPY: i32 = 0o4_0000;

/// The bits of a mode that a queue keeps: read, write and the unused execute for owner, group,
/// others.
pub(crate) const MODE_BITS: u32 = 0o777;
