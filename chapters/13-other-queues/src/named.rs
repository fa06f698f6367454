//! The two that are opened by a name or an ID, which a child finds in its environment.

use std::env;
use std::process::Command;
use std::str::FromStr;

use nix::errno::Errno;
use nix::mqueue::MQ_OFlag;

use crate::{HandOver, Posix, Role, SystemV};

impl HandOver for SystemV {
    fn try_clone(&self) -> nix::Result<SystemV> {
        Ok(SystemV::new(self.queue()))
    }

    fn give(&self, child: &mut Command, role: Role) -> nix::Result<()> {
        child.env(role.variable(), self.queue().id().to_string());
        Ok(())
    }

    fn take(role: Role) -> nix::Result<SystemV> {
        role.find().map(SystemV::new)
    }
}

impl HandOver for Posix {
    fn try_clone(&self) -> nix::Result<Posix> {
        Posix::open(&self.name, self.flags.difference(MQ_OFlag::O_CREAT | MQ_OFlag::O_EXCL))
    }

    fn give(&self, child: &mut Command, role: Role) -> nix::Result<()> {
        child.env(role.variable(), &self.name);
        Ok(())
    }

    fn take(role: Role) -> nix::Result<Posix> {
        let flags = match role {
            Role::Sender => MQ_OFlag::O_WRONLY,
            Role::Receiver => MQ_OFlag::O_RDONLY,
        };
        Posix::open(&role.find::<String>()?, flags)
    }
}

impl Role {
    fn variable(self) -> &'static str {
        match self {
            Role::Sender => "CH13_SEND_TO",
            Role::Receiver => "CH13_RECEIVE_FROM",
        }
    }

    fn find<T: FromStr>(self) -> nix::Result<T> {
        let name = env::var(self.variable()).ok().and_then(|name| name.parse().ok());
        name.ok_or(Errno::ENOENT)
    }
}
