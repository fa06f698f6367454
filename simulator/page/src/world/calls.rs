//! From a command to the call that it stands for.

use simulator::{
    Credentials, Errno, IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, Id, MSG_COPY, MSG_EXCEPT,
    MSG_NOERROR, Pid, Settings,
};

use super::{Result, World};
use crate::command::{Command, Limit, Receive, Set};

impl World {
    pub(super) fn carry_out(&mut self, pid: Pid, id: Id, command: &Command<'_>) -> Result {
        match command {
            Command::Create { key, exclusive, mode } => {
                let exclusive = if *exclusive { IPC_EXCL } else { 0 };
                self.get(pid, *key, IPC_CREAT | exclusive | *mode as i32)
            }
            Command::Open { key } => self.get(pid, *key, 0),
            Command::Private { mode } => self.get(pid, IPC_PRIVATE, *mode as i32),
            Command::Use { id } => {
                self.current = Some(Id(*id));
                Result::Nothing
            }
            Command::Send { message_type, text, nowait } => {
                let flags = if *nowait { IPC_NOWAIT } else { 0 };
                Result::Sent(self.kernel.msgsnd(pid, id, *message_type, &text.bytes(), flags))
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
                let root = Credentials { gid: *gid, ..Credentials::root() };
                let user = if *uid == 0 { root } else { Credentials::user(*uid, *gid) };
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
