//! A POSIX queue that is nobody else's: its name is gone as soon as it is open.

use nix::mqueue::{
    MQ_OFlag, MqAttr, MqdT, mq_attr_member_t, mq_open, mq_receive, mq_send, mq_unlink,
};
use nix::sys::stat::Mode;
use std::os::fd::AsRawFd;

/// What it holds at most: few and short ones, for all the queues of a user share one limit.
const MESSAGES: mq_attr_member_t = 2;
pub(super) const LONGEST: usize = 16;

pub(super) struct Posix(MqdT);

impl Posix {
    /// `None` where the system has no such queues, or no room for one; the reason is printed.
    pub(super) fn new(question: u32) -> Option<Posix> {
        let name = format!("/practice-{}-{question}", std::process::id());
        let flags = MQ_OFlag::O_RDWR | MQ_OFlag::O_CREAT | MQ_OFlag::O_EXCL | MQ_OFlag::O_NONBLOCK;
        let attributes = MqAttr::new(0, MESSAGES, LONGEST as mq_attr_member_t, 0);
        let opened =
            mq_open(name.as_str(), flags, Mode::S_IRUSR | Mode::S_IWUSR, Some(&attributes));
        match opened {
            Ok(queue) => {
                mq_unlink(name.as_str()).expect("it was just made");
                Some(Posix(queue))
            }
            Err(errno) => {
                eprintln!(
                    "question {question}: no POSIX queue can be had here ({errno}): the manual page"
                );
                None
            }
        }
    }
}

impl Posix {
    pub(super) fn send(&self, bytes: &[u8], priority: u32) {
        mq_send(&self.0, bytes, priority).expect("room for it");
    }

    /// Takes a message out; it never waits. With how many bytes, and which priority.
    pub(super) fn receive(&self, room: usize) -> nix::Result<(usize, u32)> {
        let mut priority = 0;
        let length = mq_receive(&self.0, &mut vec![0; room], &mut priority)?;
        Ok((length, priority))
    }
}

impl Drop for Posix {
    fn drop(&mut self) {
        // SAFETY: the descriptor is this queue's own, and nobody uses it any more.
        unsafe { libc::mq_close(self.0.as_raw_fd()) };
    }
}
