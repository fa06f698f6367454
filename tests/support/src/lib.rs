//! The harness every test of this workspace uses.
//!
//! A System V message queue belongs to nobody: it is visible to the whole machine, it outlives the
//! program that made it, and a call on it may sleep forever. A test of such calls therefore needs
//! three things that `#[test]` does not give it, and [`alone()`] gives it all three:
//!
//! * **a room of its own** ([`Room`]): an IPC namespace where no other test's queue exists, so that
//!   tests run in parallel and never touch a queue of the person who runs them;
//! * **a watchdog**: a test that hangs is woken, told what it was waiting for, and fails;
//! * **a leak check**: a queue that is left behind fails the test, and is removed.
//!
//! Programs in the background are [`Running`] until they are [`Finished`]; [`until`] waits for a
//! condition, and [`asleep_in_msg_call`] tells whether a thread has really gone to sleep in
//! `msgsnd` or `msgrcv`. Nothing in a test needs to sleep for a while and hope.
//!
//! # Example
//!
//! ```
//! use std::process::Command;
//! use support::Running;
//!
//! support::in_namespace(|room| {
//!     let mut ipcmk = Command::new("ipcmk");
//!     ipcmk.arg("-Q");
//!     Running::start(ipcmk).finish().success().stdout_is("Message queue id: 0\n");
//!
//!     let queues = room.queues();
//!     assert_eq!(queues.len(), 1);
//!     assert_eq!(queues[0].qnum, 0);
//!
//!     room.remove(queues[0].msqid); // without this line the test fails: a queue was left behind
//! });
//! ```
//!
//! # Three ways to be alone
//!
//! | who runs the tests | the room is | [`Room::is_namespace`] |
//! | --- | --- | --- |
//! | root | an IPC namespace, entered by the test's own thread | true |
//! | anybody, where user namespaces are allowed | the same, in a second run of this one test as the root of a user namespace | true |
//! | anybody else | keys that no other room uses, among everybody's queues | false |
//!
//! Environment variables, for the tests of the harness and for continuous integration:
//!
//! * `SUPPORT_ISOLATION=namespace|user|keys` begins with the first, second or third row;
//! * `SUPPORT_REQUIRE_NAMESPACE=1` makes a test fail that would be skipped for want of a namespace;
//! * `SUPPORT_REQUIRE_ROOT=1` makes a test fail that would be skipped for want of another user;
//! * `SUPPORT_REQUIRE_PROGRAMS=1` makes a test fail that would be skipped for want of a program.
//!
//! # Limits
//!
//! * Linux only: namespaces and `/proc` are Linux's own.
//! * Without a namespace the leak check sees only queues with a key from [`Room::key`] or an id
//!   given to [`Room::watch`]. Whose the other queues of the machine are, nobody can tell.
//! * A thread belongs to the room whose namespace it inherited. Without namespaces, a thread that
//!   the test started with anything but [`spawn`] and [`while_asleep`] is counted to the room only
//!   while that is the only one.
//! * In the second row of the table the body runs in another process: what it changes in memory is
//!   gone afterwards. A test calls [`alone()`] once and does everything inside. A body that does
//!   not run on libtest's thread for the test (an example in the documentation, say) cannot be
//!   found again, and gets keys.

#[cfg(not(target_os = "linux"))]
compile_error!(
    "the test harness needs Linux: it isolates tests with IPC namespaces and looks into /proc"
);

mod alone;
mod bad_output;
mod collector;
mod compile;
mod counting;
mod entry;
pub mod filter;
mod finished;
mod installed;
mod interrupt;
mod isolation;
mod made;
mod name;
mod namespace;
mod nonblocking;
mod output;
mod panics;
mod proc;
mod report;
mod room;
mod running;
mod sleeper;
mod slow_reader;
mod stranger;
mod tell;
mod traced;
mod usage;
mod user;
mod waiting;
mod watch;
mod watchdog;

pub use alone::{Alone, alone, alone_within, in_namespace};
pub use bad_output::{BAD_OUTPUTS, BadOutput};
pub use compile::cc;
pub use counting::{Counting, allocations};
pub use entry::Entry;
pub use finished::Finished;
pub use installed::installed;
pub use made::watch;
pub use nonblocking::nonblocking;
pub use panics::caught;
pub use proc::{asleep_in_msg_call, this_thread};
pub use room::Room;
pub use running::Running;
pub use sleeper::{spawn, while_asleep};
pub use slow_reader::with_slow_reader;
pub use stranger::{Capability, as_member, as_stranger, without};
pub use traced::Traced;
pub use usage::usage_is_printed;
pub use user::{Copied, as_user, copy_for_others};
pub use waiting::until;
