//! The bugs that are planted: each a plausible mistake in the model, and none that a reader would see at once.

/// A mistake: what stands in a file of `simulator/src`, and what stands there instead.
pub(crate) struct Bug {
    /// The mistake in one line, as the end of "the model believes that ...".
    pub(crate) belief: &'static str,
    pub(crate) file: &'static str,
    pub(crate) right: &'static str,
    pub(crate) wrong: &'static str,
}

pub(crate) const BUGS: &[Bug] = &[
    Bug {
        belief: "a queue is full of bytes only, never of messages",
        file: "status.rs",
        right: "} else if self.qnum >= self.qbytes {",
        wrong: "} else if false {",
    },
    Bug {
        belief: "a receiver with too small a buffer ends the search for another",
        file: "queue.rs",
        right: "woken.push((pid, Err(Errno::E2BIG)));",
        wrong: "woken.push((pid, Err(Errno::E2BIG)));\n            break;",
    },
    Bug {
        belief: "the last sender to wait for room is the first to be woken",
        file: "queue.rs",
        right: "self.senders.push(sender);",
        wrong: "self.senders.insert(0, sender);",
    },
    Bug {
        belief: "IPC_SET wakes the last receiver first",
        file: "control.rs",
        right: "receivers.into_iter().chain(senders)",
        wrong: "receivers.into_iter().rev().chain(senders)",
    },
    Bug {
        belief: "a member of the group may do what others may",
        file: "permission.rs",
        right: "status.mode >> 3",
        wrong: "status.mode >> 3 | status.mode",
    },
    Bug {
        belief: "a message can be copied that is longer than today's msgmax",
        file: "receive.rs",
        right: "let limit = u64::from(self.limits.msgmax).min(wish.size as u64);",
        wrong: "let limit = wish.size as u64;",
    },
    Bug {
        belief: "a negative type takes the oldest of the types up to it, as on BSD",
        file: "select.rs",
        right: ".min_by_key(|(_, message)| message.mtype)",
        wrong: ".next()",
    },
    Bug {
        belief: "more room by IPC_SET wakes no sender",
        file: "control.rs",
        right: "let senders = queue.senders_to_wake();",
        wrong: "let senders = Vec::new();",
    },
    Bug {
        belief: "slots go round after 63",
        file: "ids.rs",
        right: "const SHORTEST_CYCLE: u32 = 64;",
        wrong: "const SHORTEST_CYCLE: u32 = 63;",
    },
    Bug {
        belief: "a sender that was woken need not be allowed any more",
        file: "wake.rs",
        right: "let result = self.send_if_room(pid, id, message);",
        wrong: "let mut result = self.send_if_room(pid, id, message);\n        \
                if result == Some(Err(Errno::EACCES)) {\n            result = None;\n        }",
    },
    Bug {
        belief: "msgget looks at the mode before it looks at IPC_EXCL",
        file: "get.rs",
        right: "if flags & IPC_CREAT != 0 && flags & IPC_EXCL != 0 {",
        wrong: "if !permission::allows(queue.status(), self.credentials(pid), flags) {\n            \
                return Err(Errno::EACCES);\n        }\n        \
                if flags & IPC_CREAT != 0 && flags & IPC_EXCL != 0 {",
    },
];

#[cfg(test)]
mod tests {
    use super::BUGS;
    use crate::command::root;

    #[test]
    fn each_bug_has_its_place_in_the_model() {
        for bug in BUGS {
            let file = root().join("simulator/src").join(bug.file);
            let text = std::fs::read_to_string(file).expect("the file is there");
            assert_eq!(text.matches(bug.right).count(), 1, "{}", bug.belief);
        }
    }
}
