//! The kernel: the queues, the processes, and who is awake.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::ids::Slots;
use crate::process::Process;
use crate::{Credentials, Ended, Id, Limits, Pid, Queue, Sleep};

/// One IPC namespace and the processes that use it.
///
/// The calls are methods; see the [crate's documentation](crate) for an example. Each takes the
/// process that makes it.
///
/// # Panics
///
/// A process that is asleep makes no calls, and one that was never [spawned](Kernel::spawn) does
/// not either: every method that takes a process panics when it is used so. Where the kernel is
/// [paused](Kernel::pause), the calls panic while somebody who was woken has yet to run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Kernel {
    pub(crate) limits: Limits,
    pub(crate) slots: Slots,
    /// How many messages were sent so far.
    pub(crate) serial: u64,
    pub(crate) processes: BTreeMap<Pid, Process>,
    /// Those who were woken and have yet to run, in the order in which they were woken.
    pub(crate) runnable: Vec<Pid>,
    pub(crate) ended: Vec<(Pid, Ended)>,
    pub(crate) paused: bool,
}

impl Kernel {
    /// A fresh namespace: no queue, no process.
    #[must_use]
    pub fn new(limits: Limits) -> Kernel {
        Kernel {
            limits,
            slots: Slots::default(),
            serial: 0,
            processes: BTreeMap::new(),
            runnable: Vec::new(),
            ended: Vec::new(),
            paused: false,
        }
    }

    /// The limits as they are now.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Changes the limits. Queues that exist keep their capacity and their messages.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// A new process. Their ids count from 1.
    pub fn spawn(&mut self, credentials: Credentials) -> Pid {
        let last = self.processes.last_key_value();
        let pid = Pid(last.map_or(0, |(pid, _)| pid.0) + 1);
        self.processes.insert(pid, Process::new(credentials));
        pid
    }

    /// Who a process is.
    #[must_use]
    pub fn credentials(&self, pid: Pid) -> &Credentials {
        &self.process(pid).credentials
    }

    /// Makes a process somebody else, as setuid(2) and its kin do.
    pub fn set_credentials(&mut self, pid: Pid, credentials: Credentials) {
        self.enter(pid);
        self.process_mut(pid).credentials = credentials;
    }

    /// The call that a process sleeps in; `None` if it is awake.
    #[must_use]
    pub fn sleeping(&self, pid: Pid) -> Option<&Sleep> {
        self.process(pid).sleep.as_ref()
    }

    /// The calls that were asleep and have ended since this was last asked, in the order in which
    /// they did.
    pub fn woken(&mut self) -> Vec<(Pid, Ended)> {
        core::mem::take(&mut self.ended)
    }

    /// The queues, by slot: the order of `/proc/sysvipc/msg`.
    pub fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.slots.iter()
    }

    /// The queue with this id. No permission is asked for; a process uses [`Kernel::stat`].
    #[must_use]
    pub fn queue(&self, id: Id) -> Option<&Queue> {
        self.slots.get(id)
    }

    /// A process is about to make a call.
    #[track_caller]
    pub(crate) fn enter(&self, pid: Pid) {
        assert!(
            self.process(pid).sleep.is_none(),
            "process {pid} is asleep in a call and can make no other: wake it first"
        );
        assert!(
            self.runnable.is_empty(),
            "{:?} have been woken and have yet to run: let them, then make the next call",
            self.runnable
        );
    }

    #[track_caller]
    pub(crate) fn process(&self, pid: Pid) -> &Process {
        self.processes
            .get(&pid)
            .unwrap_or_else(|| panic!("there is no process {pid}: spawn it first"))
    }

    #[track_caller]
    pub(crate) fn process_mut(&mut self, pid: Pid) -> &mut Process {
        self.processes
            .get_mut(&pid)
            .unwrap_or_else(|| panic!("there is no process {pid}: spawn it first"))
    }
}
