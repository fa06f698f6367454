//! Why msgctl fails.

use alloc::format;
use alloc::string::{String, ToString};

use simulator::{Errno, Status, governs};

use super::Reasons;
use crate::command::Set;

impl Reasons<'_> {
    pub(in crate::tell) fn control(&self, errno: Errno, changes: Option<&Set>) -> String {
        let queue = self.kernel.queue(self.id);
        let (Some(queue), Errno::EPERM | Errno::EACCES) = (queue, errno) else {
            return if errno == Errno::EINVAL {
                self.no_queue()
            } else {
                errno.meaning().to_string()
            };
        };
        let Status { uid: owner, cuid: creator, .. } = *queue.status();
        let who = self.kernel.credentials(self.pid);
        match errno {
            Errno::EACCES => self.not_allowed("read"),
            _ if governs(queue.status(), who) => {
                let (msgmnb, user) = (self.kernel.limits().msgmnb, self.user());
                match changes.and_then(|changes| changes.qbytes) {
                    Some(qbytes) => format!(
                        "qbytes {qbytes} is above msgmnb, {msgmnb}, and takes a privilege that {user} does not have"
                    ),
                    None => format!(
                        "IPC_SET writes qbytes back too, and {}, as it is, is above msgmnb, {msgmnb}: that takes a privilege that {user} does not have",
                        queue.status().qbytes
                    ),
                }
            }
            _ if owner == creator => format!(
                "the queue belongs to uid {owner}, and {} may not change or remove it, whatever the mode says",
                self.user()
            ),
            _ => format!(
                "the queue belongs to uid {owner} and was made by uid {creator}, and {} may not change or remove it",
                self.user()
            ),
        }
    }
}
