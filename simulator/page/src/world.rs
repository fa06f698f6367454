//! The model and what a session knows besides, and one line on it.

mod actors;
mod before;
mod calls;
mod result;
mod state;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Ended, Id, Kernel, Limits, Outcome, Pid, Status};

use crate::command::{Command, Line};
pub(crate) use actors::Actors;
pub(crate) use before::Before;
pub(crate) use result::Result;

/// The model, and what a session knows besides.
pub(crate) struct World {
    pub(crate) kernel: Kernel,
    pub(crate) actors: Actors,
    /// The queue that a line is about. It may be gone.
    pub(crate) current: Option<Id>,
}

/// What a line did.
pub(crate) struct Done {
    /// What has gone with it.
    pub(crate) before: Before,
    /// Who did it.
    pub(crate) pid: Pid,
    pub(crate) result: Result,
    /// Whom the call woke, before any of them ran.
    pub(crate) runnable: Vec<Pid>,
    /// The current queue at that moment, with which the sleeping senders were compared.
    pub(crate) compared: Option<Status>,
    /// The calls that have ended with it.
    pub(crate) woken: Vec<(Pid, Ended)>,
}

impl World {
    pub(crate) fn new() -> World {
        let mut kernel = Kernel::new(Limits::default());
        // Between being woken and running there is something to see.
        kernel.pause();
        World { kernel, actors: Actors::default(), current: None }
    }

    /// Does what the line says. An error is a sentence, and then nothing has changed.
    pub(crate) fn step(&mut self, line: &Line<'_>) -> core::result::Result<Done, String> {
        let Line { by, command } = line;
        let id = self.queue_of(command)?;
        self.actors.check(*by, command, &self.kernel)?;
        let pid = self.actors.who(*by, command, &mut self.kernel);
        let before = Before::new(self);
        let result = self.carry_out(pid, id, command);
        let runnable = self.kernel.runnable().to_vec();
        let queue = self.current.and_then(|id| self.kernel.queue(id));
        let compared = queue.map(|queue| queue.status().clone());
        self.kernel.run_all();
        let woken = self.kernel.woken();
        for (receiver, ended) in &woken {
            if let Ended::Received(Ok(message)) = ended {
                self.actors.got(*receiver, message);
            }
        }
        if let Result::Received(Outcome::Done(Ok(message))) = &result {
            self.actors.got(pid, message);
        }
        Ok(Done { before, pid, result, runnable, compared, woken })
    }

    /// The queue that the line is about; 0 where it is about none.
    fn queue_of(&self, command: &Command<'_>) -> core::result::Result<Id, String> {
        match (command, self.current) {
            (_, Some(id)) => Ok(id),
            (
                Command::Send { .. }
                | Command::Receive(_)
                | Command::Stat
                | Command::Set(_)
                | Command::Remove,
                None,
            ) => Err("There is no queue yet that this could be about. Make one: create 1234."
                .to_string()),
            _ => Ok(Id(0)),
        }
    }
}
