//! On which processors the two sides run.

use anyhow::{Context, Result, ensure};
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

/// Where the two sides run. The scheduler would move them about, and each move would look like a
/// difference between the contenders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Both on one processor: they take turns.
    Together,
    /// Each on its own: both run, and a sleeper is woken across.
    Apart,
}

impl Placement {
    /// The processors of the receiver and of the sender.
    ///
    /// # Errors
    ///
    /// There are too few that this program may use.
    pub fn processors(self) -> Result<[usize; 2]> {
        let allowed = sched_getaffinity(Pid::from_raw(0))?;
        let allowed = |processor: &usize| allowed.is_set(*processor).unwrap_or(false);
        let mut processors = (0..CpuSet::count()).filter(allowed);
        let first = processors.next().context("no processor may be used")?;
        match self {
            Placement::Together => Ok([first, first]),
            Placement::Apart => processors
                .next()
                .map(|second| [first, second])
                .context("one processor only may be used here, and this takes two"),
        }
    }
}

/// Keeps this process on one processor from now on.
///
/// # Errors
///
/// It may not use that one.
pub fn pin(processor: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(processor)?;
    sched_setaffinity(Pid::from_raw(0), &set)
        .with_context(|| format!("cannot run on processor {processor} alone"))?;
    ensure!(set == sched_getaffinity(Pid::from_raw(0))?, "processor {processor} was not kept");
    Ok(())
}

/// The processors of before, when this is dropped: one sample must not pin the next.
pub(crate) struct Unpin(CpuSet);

impl Unpin {
    pub(crate) fn later() -> Result<Unpin> {
        Ok(Unpin(sched_getaffinity(Pid::from_raw(0))?))
    }
}

impl Drop for Unpin {
    fn drop(&mut self) {
        // It was so before; if it may not be so any more, the next sample says that.
        let _ = sched_setaffinity(Pid::from_raw(0), &self.0);
    }
}
