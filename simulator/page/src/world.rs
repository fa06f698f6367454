//! The model and what a session knows besides, and one line on it.

mod actors;
mod before;
mod result;
mod state;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{
    Credentials, Ended, Errno, IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, Id, Kernel, Limits,
    MSG_COPY, MSG_EXCEPT, MSG_NOERROR, Outcome, Pid, Settings, Status,
};

use crate::command::{Command, Limit, Line, Receive, Set};
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
        World {
            kernel,
            actors: Actors::default(),
            current: None,
        }
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
        Ok(Done {
            before,
            pid,
            result,
            runnable,
            compared,
            woken,
        })
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
            ) => Err(
                "There is no queue yet that this could be about. Make one: create 1234."
                    .to_string(),
            ),
            _ => Ok(Id(0)),
        }
    }

    fn carry_out(&mut self, pid: Pid, id: Id, command: &Command<'_>) -> Result {
        match command {
            Command::Create {
                key,
                exclusive,
                mode,
            } => {
                let exclusive = if *exclusive { IPC_EXCL } else { 0 };
                self.get(pid, *key, IPC_CREAT | exclusive | *mode as i32)
            }
            Command::Open { key } => self.get(pid, *key, 0),
            Command::Private { mode } => self.get(pid, IPC_PRIVATE, *mode as i32),
            Command::Use { id } => {
                self.current = Some(Id(*id));
                Result::Nothing
            }
            Command::Send {
                message_type,
                text,
                nowait,
            } => {
                let flags = if *nowait { IPC_NOWAIT } else { 0 };
                Result::Sent(
                    self.kernel
                        .msgsnd(pid, id, *message_type, &text.bytes(), flags),
                )
            }
            Command::Receive(wanted) => {
                let size = wanted.size.unwrap_or(self.kernel.limits().msgmax as usize);
                Result::Received(self.kernel.msgrcv(
                    pid,
                    id,
                    size,
                    wanted.message_type,
                    flags_of(wanted),
                ))
            }
            Command::Stat => Result::Controlled(self.kernel.stat(pid, id)),
            Command::Set(changes) => match self.kernel.stat(pid, id) {
                Ok(status) => {
                    let settings = changed(Settings::from(&status), changes);
                    Result::Controlled(self.kernel.set(pid, id, settings).map(|()| status))
                }
                Err(errno) => Result::NotEvenRead(errno),
            },
            Command::Remove => {
                let status = self.kernel.queue(id).map(|queue| queue.status().clone());
                let removed = self.kernel.remove(pid, id);
                Result::Controlled(removed.and_then(|()| status.ok_or(Errno::EINVAL)))
            }
            Command::Interrupt => {
                self.kernel.interrupt(pid);
                Result::Nothing
            }
            Command::User { uid, gid } => {
                let root = Credentials {
                    gid: *gid,
                    ..Credentials::root()
                };
                let user = if *uid == 0 {
                    root
                } else {
                    Credentials::user(*uid, *gid)
                };
                self.kernel.set_credentials(pid, user);
                Result::Nothing
            }
            Command::Limit { which, value } => {
                let mut limits = self.kernel.limits();
                match which {
                    Limit::Msgmax => limits.msgmax = *value,
                    Limit::Msgmnb => limits.msgmnb = *value,
                    Limit::Msgmni => limits.msgmni = *value,
                }
                self.kernel.set_limits(limits);
                Result::Nothing
            }
        }
    }

    fn get(&mut self, pid: Pid, key: i32, flags: i32) -> Result {
        let got = self.kernel.msgget(pid, key, flags);
        if let Ok(id) = got {
            self.current = Some(id);
        }
        Result::Got(got)
    }
}

fn flags_of(wanted: &Receive) -> i32 {
    [
        (wanted.nowait, IPC_NOWAIT),
        (wanted.except, MSG_EXCEPT),
        (wanted.noerror, MSG_NOERROR),
        (wanted.copy, MSG_COPY),
    ]
    .into_iter()
    .filter(|(given, _)| *given)
    .fold(0, |flags, (_, flag)| flags | flag)
}

fn changed(settings: Settings, changes: &Set) -> Settings {
    Settings {
        uid: changes.uid.unwrap_or(settings.uid),
        gid: changes.gid.unwrap_or(settings.gid),
        mode: changes.mode.unwrap_or(settings.mode),
        qbytes: changes.qbytes.unwrap_or(settings.qbytes),
    }
}
