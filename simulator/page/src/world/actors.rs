//! The processes of a session, by the names that it gives them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Credentials, Kernel, Pid};

use crate::command::Command;
use crate::session::{Message, Side};

/// Who does what neither sends nor receives.
const SHELL: &str = "shell";

#[derive(Default)]
pub(crate) struct Actors(Vec<Actor>);

pub(crate) struct Actor {
    pub(crate) name: String,
    pub(crate) pid: Pid,
    pub(crate) side: Option<Side>,
    /// What it received last.
    pub(crate) got: Option<Message>,
}

impl Actors {
    /// The process that does this: the one that is named, or the first of its side that is awake.
    /// It is made if it is not there yet.
    pub(crate) fn who(
        &mut self,
        by: Option<&str>,
        command: &Command<'_>,
        kernel: &mut Kernel,
    ) -> Pid {
        let side = match command {
            Command::Send { .. } => Some(Side::Left),
            Command::Receive(_) => Some(Side::Right),
            _ => None,
        };
        let name = match (by, side) {
            (Some(name), _) => name.to_string(),
            (None, Some(Side::Left)) => self.first_awake('S', kernel),
            (None, Some(Side::Right)) => self.first_awake('R', kernel),
            (None, None) => SHELL.to_string(),
        };
        let place = self.place(&name).unwrap_or_else(|| {
            let pid = kernel.spawn(Credentials::root());
            self.0.push(Actor { name, pid, side: None, got: None });
            self.0.len() - 1
        });
        let actor = &mut self.0[place];
        actor.side = actor.side.or(side);
        actor.pid
    }

    /// S1, S2 and so on: the first that does not sleep.
    fn first_awake(&self, letter: char, kernel: &Kernel) -> String {
        let mut number = 1;
        loop {
            let name = format!("{letter}{number}");
            let asleep =
                self.place(&name).is_some_and(|place| kernel.sleeping(self.0[place].pid).is_some());
            if !asleep {
                return name;
            }
            number += 1;
        }
    }

    /// Whether there is somebody who can do this: nobody who sleeps can, and a signal needs
    /// somebody to reach.
    pub(crate) fn check(
        &self,
        by: Option<&str>,
        command: &Command<'_>,
        kernel: &Kernel,
    ) -> Result<(), String> {
        let name = match (by, command) {
            (Some(name), Command::Interrupt) if self.place(name).is_none() => {
                return Err(format!(
                    "There is no {name} yet: nobody of this name has done anything."
                ));
            }
            (_, Command::Interrupt | Command::Use { .. } | Command::Limit { .. })
            | (None, Command::Send { .. } | Command::Receive(_)) => return Ok(()),
            (by, _) => by.unwrap_or(SHELL),
        };
        let sleep = self.place(name).and_then(|place| kernel.sleeping(self.0[place].pid));
        match sleep {
            None => Ok(()),
            Some(sleep) => {
                let call = match sleep.call {
                    simulator::Call::Send(_) => "msgsnd",
                    simulator::Call::Receive { .. } => "msgrcv",
                };
                Err(format!(
                    "{name} sleeps in {call}. Let somebody else act, or send it a signal: {name}: interrupt."
                ))
            }
        }
    }

    pub(crate) fn got(&mut self, pid: Pid, message: &simulator::Message) {
        if let Some(actor) = self.0.iter_mut().find(|actor| actor.pid == pid) {
            actor.got = Some(Message::from(message));
        }
    }

    /// The name of a process of this session.
    pub(crate) fn name(&self, pid: Pid) -> &str {
        self.0.iter().find(|actor| actor.pid == pid).map_or("", |actor| &actor.name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.0.iter()
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|actor| actor.name == name)
    }
}
