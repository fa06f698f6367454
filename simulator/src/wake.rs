//! Falling asleep, being woken, and running again.
//!
//! To be woken is not to run. A call wakes processes in a certain order and returns; they run
//! later, on whichever processor is free, each taking the queue's lock when it gets there. One that
//! was handed its result returns with it. The others look again, and may find that another was
//! faster.

use crate::process::Waking;
use crate::receive::Wish;
use crate::{Call, Ended, Errno, Id, Kernel, Message, Pid, Sleep};

/// Why a process that was woken stops running.
enum Stop {
    /// It has given the lock back and wants it again.
    Lock,
    /// It sleeps again.
    Sleep,
    /// Its call has ended.
    Return(Ended),
}

impl Kernel {
    /// A signal with a handler comes to a process. If it sleeps, its call ends with `EINTR`,
    /// whatever `SA_RESTART` says; otherwise the handler runs and nothing here changes.
    pub fn interrupt(&mut self, pid: Pid) {
        if self.process(pid).sleep.is_some() {
            self.process_mut(pid).waking.signal = true;
            self.wake(pid);
            self.settle();
        }
    }

    /// From now on those who are woken do not run by themselves: see [`Kernel::run`].
    ///
    /// In the kernel they race. This is for those who want to see all that can come of it.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Those who were woken and have yet to run, in the order in which they were woken.
    #[must_use]
    pub fn runnable(&self) -> &[Pid] {
        &self.runnable
    }

    /// Lets one of the [runnable](Kernel::runnable) run until it gives the queue's lock back: its
    /// call has ended, or it sleeps again, or (a receiver that was woken to look again) it has left
    /// the list of those who wait, and is still runnable.
    ///
    /// # Panics
    ///
    /// When it is not runnable.
    pub fn run(&mut self, pid: Pid) {
        let woken = self.runnable.iter().position(|runnable| *runnable == pid);
        let place = woken.unwrap_or_else(|| panic!("process {pid} was not woken"));
        let sleep = self.process(pid).sleep.clone();
        let Sleep { id, call } = sleep.expect("a runnable process is in a call");
        let stop = match call {
            Call::Send(message) => self.run_sender(pid, id, &message),
            Call::Receive { size, msgtyp, flags } => {
                self.run_receiver(pid, id, Wish::new(size, msgtyp, flags))
            }
        };
        match stop {
            Stop::Lock => {}
            Stop::Sleep => {
                self.runnable.remove(place);
            }
            Stop::Return(ended) => {
                self.runnable.remove(place);
                let process = self.process_mut(pid);
                process.sleep = None;
                process.waking = Waking::default();
                self.ended.push((pid, ended));
            }
        }
    }

    /// Lets all of them run, in the order in which they were woken, until nobody is runnable.
    pub fn run_all(&mut self) {
        while let Some(first) = self.runnable.first().copied() {
            self.run(first);
        }
    }

    /// A sender does all in one go: out of the list, and another attempt, or back to the end.
    fn run_sender(&mut self, pid: Pid, id: Id, message: &Message) -> Stop {
        if self.slots.get(id).is_none() {
            return Stop::Return(Ended::Sent(Err(Errno::EIDRM)));
        }
        if let Err(errno) = self.leave_list(pid, id) {
            return Stop::Return(Ended::Sent(Err(errno)));
        }
        let result = self.send_if_room(pid, id, message);
        let Some(result) = result else {
            self.wait_for_room(pid, id, message.text.len());
            return Stop::Sleep;
        };
        Stop::Return(Ended::Sent(result))
    }

    /// A receiver returns with what it was handed. If it is to look again, it leaves the list
    /// first, and looks when it has the lock once more.
    fn run_receiver(&mut self, pid: Pid, id: Id, wish: Wish) -> Stop {
        if let Some(answer) = self.process_mut(pid).waking.answer.take() {
            return Stop::Return(Ended::Received(answer.map(|message| wish.cut(message))));
        }
        if self.slots.get(id).is_some_and(|queue| queue.waits(pid)) {
            return match self.leave_list(pid, id) {
                Ok(()) => Stop::Lock,
                Err(errno) => Stop::Return(Ended::Received(Err(errno))),
            };
        }
        let Some(result) = self.receive_if_there(pid, id, wish) else {
            self.wait_for_message(pid, id, wish);
            return Stop::Sleep;
        };
        Stop::Return(Ended::Received(result))
    }

    /// Out of the list of those who wait; with an error if a signal came.
    fn leave_list(&mut self, pid: Pid, id: Id) -> Result<(), Errno> {
        if let Some(queue) = self.slots.get_mut(id) {
            queue.leave(pid);
        }
        if self.process(pid).waking.signal { Err(Errno::EINTR) } else { Ok(()) }
    }

    pub(crate) fn fall_asleep(&mut self, pid: Pid, id: Id, call: Call) {
        self.process_mut(pid).sleep = Some(Sleep { id, call });
    }

    /// Wakes a receiver that need not look at the queue any more.
    pub(crate) fn answer(&mut self, pid: Pid, answer: Result<Message, Errno>) {
        self.process_mut(pid).waking.answer = Some(answer);
        self.wake(pid);
    }

    /// Wakes a process; one that is awake already keeps its place.
    pub(crate) fn wake(&mut self, pid: Pid) {
        if !self.runnable.contains(&pid) {
            self.runnable.push(pid);
        }
    }

    /// The end of a call that may have woken somebody.
    pub(crate) fn settle(&mut self) {
        if !self.paused {
            self.run_all();
        }
    }
}
