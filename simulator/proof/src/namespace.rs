//! An IPC namespace for each run, and a processor to run it on.

use std::fs::{self, File};
use std::mem::MaybeUninit;

use nix::errno::Errno;
use nix::sched::{CloneFlags, setns, unshare};
use simulator::Limits;

const HERE: &str = "/proc/thread-self/ns/ipc";

/// Where the test's thread was before, to be returned to.
pub(crate) struct Before {
    namespace: File,
    processors: libc::cpu_set_t,
}

impl Before {
    pub(crate) fn now() -> Before {
        let namespace = File::open(HERE).unwrap_or_else(|error| panic!("{HERE}: {error}"));
        let mut processors = MaybeUninit::zeroed();
        // SAFETY: the kernel writes a set of processors, for which there is room.
        let done = unsafe {
            libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), processors.as_mut_ptr())
        };
        assert_eq!(done, 0, "a thread may ask where it runs");
        // SAFETY: a set of processors is bits, zeroes at first, and the kernel has written some of
        // them.
        let processors = unsafe { processors.assume_init() };
        Before { namespace, processors }
    }

    /// Keeps the calling thread, and those it forks from now on, on the processor it is on.
    pub(crate) fn stay_here(&self) {
        // SAFETY: the call takes nothing.
        let here = unsafe { libc::sched_getcpu() };
        // SAFETY: as above: zeroes are an empty set.
        let mut one = unsafe { MaybeUninit::<libc::cpu_set_t>::zeroed().assume_init() };
        // SAFETY: sets a bit within the set, which has one for each processor.
        unsafe { libc::CPU_SET(usize::try_from(here).unwrap_or(0), &mut one) };
        stay_on(&one);
    }
}

impl Drop for Before {
    fn drop(&mut self) {
        stay_on(&self.processors);
        if let Err(errno) = setns(&self.namespace, CloneFlags::CLONE_NEWIPC) {
            eprintln!("cannot return to the IPC namespace of before: {errno}");
        }
    }
}

fn stay_on(processors: &libc::cpu_set_t) {
    // A processor that is no longer ours is no harm: it runs elsewhere then, and slower.
    // SAFETY: the kernel reads a set of processors, which is there.
    let _ = unsafe { libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), processors) };
}

/// A new IPC namespace for the calling thread and whoever it forks.
pub(crate) fn new() {
    unshare(CloneFlags::CLONE_NEWIPC).unwrap_or_else(|errno| {
        panic!(
            "unshare(CLONE_NEWIPC): {errno}: the kernel is to be tried in a namespace of its own, \
             as inside of support::in_namespace"
        )
    });
}

/// Enters the namespace of another thread.
pub(crate) fn enter(process: i32, thread: i32) -> nix::Result<()> {
    let path = format!("/proc/{process}/task/{thread}/ns/ipc");
    let file = File::open(path)
        .map_err(|error| error.raw_os_error().map_or(Errno::EIO, Errno::from_raw))?;
    setns(file, CloneFlags::CLONE_NEWIPC)
}

/// Sets the limits of the namespace that the calling thread is in.
pub(crate) fn set_limits(limits: Limits) {
    let Limits { msgmax, msgmnb, msgmni } = limits;
    for (name, value) in [("msgmax", msgmax), ("msgmnb", msgmnb), ("msgmni", msgmni)] {
        set_limit(name, value);
    }
}

pub(crate) fn set_limit(name: &str, value: u32) {
    let file = format!("/proc/sys/kernel/{name}");
    fs::write(&file, value.to_string())
        .unwrap_or_else(|error| panic!("cannot set {file} to {value}: {error}"));
}
