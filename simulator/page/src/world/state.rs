//! What there is to see after a line.

use alloc::format;
use alloc::string::ToString;

use simulator::MSG_EXCEPT;

use super::World;
use crate::session::{Asleep, Limits, Message, Process, Queue, SHOWN, State};
use crate::text::preview;
use crate::words::{bytes, wanted};

impl World {
    pub(crate) fn state(&self) -> State {
        let limits = self.kernel.limits();
        State {
            limits: Limits { msgmax: limits.msgmax, msgmnb: limits.msgmnb, msgmni: limits.msgmni },
            current: self.current.map(|id| id.0),
            queues: self.kernel.queues().map(|queue| self.queue(queue)).collect(),
            processes: self.actors.iter().map(|actor| self.process(actor)).collect(),
        }
    }

    fn queue(&self, queue: &simulator::Queue) -> Queue {
        let status = queue.status();
        let name = |pid| self.actors.name(pid).to_string();
        Queue {
            id: queue.id().0,
            key: status.key,
            mode: format!("{:03o}", status.mode),
            owner: status.uid,
            qnum: status.qnum,
            cbytes: status.cbytes,
            qbytes: status.qbytes,
            lspid: status.lspid.map(name),
            lrpid: status.lrpid.map(name),
            messages: queue.messages().take(SHOWN).map(Message::from).collect(),
        }
    }

    fn process(&self, actor: &super::actors::Actor) -> Process {
        let asleep = self.kernel.sleeping(actor.pid).map(|sleep| {
            let (call, about) = match &sleep.call {
                simulator::Call::Send(message) => (
                    "msgsnd",
                    format!("sends type {}, {}", message.mtype, bytes(message.text.len() as u64)),
                ),
                simulator::Call::Receive { msgtyp, flags, .. } => {
                    ("msgrcv", format!("wants {}", wanted(*msgtyp, flags & MSG_EXCEPT != 0)))
                }
            };
            Asleep { call, queue: sleep.id.0, about }
        });
        Process {
            name: actor.name.clone(),
            side: actor.side,
            uid: self.kernel.credentials(actor.pid).uid,
            asleep,
            got: actor.got.clone(),
        }
    }
}

impl From<&simulator::Message> for Message {
    fn from(message: &simulator::Message) -> Message {
        Message {
            serial: message.serial,
            message_type: message.mtype,
            size: message.text.len(),
            text: preview(&message.text),
        }
    }
}
