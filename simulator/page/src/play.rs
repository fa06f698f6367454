//! Plays a session: every line on the model, one after the other.

mod actors;
mod state;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{
    Credentials, Errno, IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, Id, Kernel, MSG_COPY,
    MSG_EXCEPT, MSG_NOERROR, Outcome, Pid, Settings, Status,
};

use crate::code::{self, End};
use crate::command::{Command, Limit, Line, Receive, Set};
use crate::session::{Call, Message, Session, Step};
use crate::{parse, picture, tell, text};
use actors::Actors;

/// How many steps a session may have.
pub const MOST_STEPS: usize = 500;

pub(crate) fn session(text: &str) -> Session {
    let mut world = World::new();
    let mut steps = Vec::new();
    for content in text.lines().filter_map(parse::content) {
        if steps.len() == MOST_STEPS {
            let sentence = format!(
                "A session has at most {MOST_STEPS} steps: this line and what follows it are left out. Begin again with fewer."
            );
            steps.push(not_done(content, sentence));
            break;
        }
        let step = parse::line(content).and_then(|line| world.step(content, &line));
        steps.push(step.unwrap_or_else(|sentence| not_done(content, sentence)));
    }
    let state = world.state();
    Session {
        listing: code::listing(steps.iter().map(|step| {
            let process = step.call.as_ref().map_or("", |call| &call.process);
            (process, step.c.as_str(), step.rust.as_str())
        })),
        picture: picture::html(&state),
        state,
        steps,
    }
}

/// A line that changes nothing, and why.
fn not_done(line: &str, sentence: String) -> Step {
    Step {
        line: text::shortened(line, parse::LONGEST_LINE),
        understood: false,
        told: Vec::from([sentence]),
        call: None,
        woken: Vec::new(),
        c: String::new(),
        rust: String::new(),
    }
}

/// The model, and what a session knows besides.
pub(crate) struct World {
    pub(crate) kernel: Kernel,
    pub(crate) actors: Actors,
    /// The queue that a line is about. It may be gone.
    pub(crate) current: Option<Id>,
}

/// What a line's call came to.
pub(crate) enum Result {
    /// No call: `use`, `limit`, `uid`, `interrupt`.
    Nothing,
    Got(core::result::Result<Id, Errno>),
    Sent(Outcome<()>),
    Received(Outcome<simulator::Message>),
    /// `IPC_STAT`, `IPC_SET` or `IPC_RMID`; the status is that before the call.
    Controlled(core::result::Result<Status, Errno>),
    /// `IPC_SET`, for which `IPC_STAT` comes first.
    NotEvenRead(Errno),
}

impl Result {
    fn end(&self) -> End {
        match self {
            Result::Got(Err(errno)) | Result::Controlled(Err(errno)) => End::Failed(*errno),
            Result::Sent(Outcome::Done(Err(errno)))
            | Result::Received(Outcome::Done(Err(errno))) => End::Failed(*errno),
            Result::NotEvenRead(errno) => End::NotEvenRead(*errno),
            Result::Sent(Outcome::Asleep) | Result::Received(Outcome::Asleep) => End::Asleep,
            _ => End::Done,
        }
    }

    /// What the call returned, if it did not fail.
    fn value(&self) -> i64 {
        match self {
            Result::Got(Ok(id)) => id.0.into(),
            Result::Received(Outcome::Done(Ok(message))) => message.text.len() as i64,
            _ => 0,
        }
    }
}

impl World {
    fn new() -> World {
        World {
            kernel: Kernel::new(simulator::Limits::default()),
            actors: Actors::default(),
            current: None,
        }
    }

    /// Does what the line says. An error is a sentence, and then nothing has changed.
    fn step(&mut self, content: &str, line: &Line<'_>) -> core::result::Result<Step, String> {
        let Line { by, command } = line;
        let id = self.queue_of(command)?;
        self.actors.check_awake(*by, command, &self.kernel)?;
        let msgmax = self.kernel.limits().msgmax;
        let pid = self.actors.who(*by, command, &mut self.kernel);
        let before = tell::Before::new(self);
        let result = self.carry_out(pid, id, command);
        let woken = self.kernel.woken();
        for (receiver, ended) in &woken {
            if let simulator::Ended::Received(Ok(message)) = ended {
                self.actors.got(*receiver, message);
            }
        }
        if let Result::Received(Outcome::Done(Ok(message))) = &result {
            self.actors.got(pid, message);
        }

        let name = self.actors.name(pid);
        let code = code::of(command, name, msgmax, result.end());
        Ok(Step {
            line: content.to_string(),
            understood: true,
            told: tell::step(self, &before, pid, command, &result, &woken),
            call: self.call(pid, command, &result),
            woken: woken
                .iter()
                .map(|(pid, ended)| self.ended(*pid, ended))
                .collect(),
            c: code.c,
            rust: code.rust,
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

    fn call(&self, pid: Pid, command: &Command<'_>, result: &Result) -> Option<Call> {
        let name = match result {
            Result::Nothing => return None,
            Result::Got(_) => "msgget",
            Result::Sent(_) => "msgsnd",
            Result::Received(_) => "msgrcv",
            Result::Controlled(_) | Result::NotEvenRead(_) => "msgctl",
        };
        debug_assert!(!matches!(
            command,
            Command::Use { .. } | Command::Limit { .. }
        ));
        let (value, errno) = match result.end() {
            End::Done => (Some(result.value()), None),
            End::Failed(errno) | End::NotEvenRead(errno) => (Some(-1), Some(errno.name())),
            End::Asleep => (None, None),
        };
        let message = match result {
            Result::Received(Outcome::Done(Ok(message))) => Some(Message::from(message)),
            _ => None,
        };
        let process = self.actors.name(pid).to_string();
        Some(Call {
            process,
            name,
            value,
            errno,
            asleep: value.is_none(),
            message,
        })
    }

    /// The call of a sleeper that has ended.
    fn ended(&self, pid: Pid, ended: &simulator::Ended) -> Call {
        let (name, result) = match ended {
            simulator::Ended::Sent(sent) => ("msgsnd", sent.map(|()| None)),
            simulator::Ended::Received(received) => (
                "msgrcv",
                received.as_ref().map(Some).map_err(|errno| *errno),
            ),
        };
        Call {
            process: self.actors.name(pid).to_string(),
            name,
            value: Some(result.map_or(-1, |message| {
                message.map_or(0, |message| message.text.len() as i64)
            })),
            errno: result.err().map(Errno::name),
            asleep: false,
            message: result.ok().flatten().map(Message::from),
        }
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
