//! What the kernel answers, in the model's words.

use simulator::{Ended, Errno, Message, Pid, Status};

use super::{Actor, Kind, Real};
use crate::desk::{RawStatus, Reply};

impl Real {
    pub(super) fn status(&self, seen: RawStatus) -> Status {
        Status {
            key: seen.key,
            mode: seen.mode,
            uid: seen.uid,
            gid: seen.gid,
            cuid: seen.cuid,
            cgid: seen.cgid,
            cbytes: seen.cbytes,
            qnum: seen.qnum,
            qbytes: seen.qbytes,
            lspid: self.pid(seen.lspid),
            lrpid: self.pid(seen.lrpid),
        }
    }

    /// The process that the kernel calls this.
    pub(super) fn pid(&self, id: i32) -> Option<Pid> {
        let mut processes = self.processes.iter();
        let index = processes.position(|actor| actor.process.id() == id);
        assert!(
            id == 0 || index.is_some(),
            "the kernel names a process {id}, which is none of ours"
        );
        index.map(|index| Pid(index as i32 + 1))
    }
}

impl Actor {
    pub(super) fn ended(&self, kind: Kind) -> Ended {
        let answer = self.process.reply();
        match kind {
            Kind::Send => Ended::Sent(sent(answer)),
            Kind::Receive => Ended::Received(self.received(answer)),
            Kind::Other => unreachable!("nothing else sleeps"),
        }
    }

    pub(super) fn received(&self, answer: Reply) -> Result<Message, Errno> {
        match answer {
            Reply::Number(len) => {
                let (mtype, text) = self.process.message(len as usize);
                Ok(Message {
                    serial: 0,
                    mtype,
                    text,
                })
            }
            Reply::Failed(errno) => Err(errno_of(errno)),
            Reply::Status(_) => unreachable!("msgrcv returns a number"),
        }
    }
}

pub(super) fn sent(answer: Reply) -> Result<(), Errno> {
    match answer {
        Reply::Failed(errno) => Err(errno_of(errno)),
        _ => Ok(()),
    }
}

/// The model's name for an errno.
pub(super) fn errno_of(errno: i32) -> Errno {
    Errno::from_raw(errno).unwrap_or_else(|| {
        let name = nix::errno::Errno::from_raw(errno);
        panic!("the kernel says {name}, which the model never does")
    })
}
