//! Why a call failed.

use core::fmt;

macro_rules! errnos {
    ($($name:ident = $raw:literal, $meaning:literal;)*) => {
        /// The errors of the message queue calls, with Linux's numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Errno {
            $(#[doc = $meaning] $name = $raw,)*
        }

        impl Errno {
            /// All of them.
            pub const ALL: &'static [Errno] = &[$(Errno::$name),*];

            /// The name by which manuals and programs know it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Errno::$name => stringify!($name),)*
                }
            }

            /// What it means for a message queue, as the middle of a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Errno::$name => $meaning,)*
                }
            }
        }
    };
}

errnos! {
    EPERM = 1, "only the owner, the creator or a privileged process may do that";
    ENOENT = 2, "there is no queue with this key";
    EINTR = 4, "a signal came while the call waited";
    E2BIG = 7, "the message is longer than the buffer";
    EAGAIN = 11, "there is no room, and the call was not to wait";
    EACCES = 13, "the mode of the queue does not allow it";
    EEXIST = 17, "there is a queue with this key already";
    EINVAL = 22, "there is no such queue, or a number is out of range";
    ENOSPC = 28, "there are as many queues as the system allows";
    ENOMSG = 42, "there is no such message, and the call was not to wait";
    EIDRM = 43, "the queue was removed while the call waited";
}

impl Errno {
    /// The number that C programs find in `errno`.
    #[must_use]
    pub const fn raw(self) -> i32 {
        self as i32
    }

    /// The error with this number, or `None` for one that these calls do not give here.
    #[must_use]
    pub fn from_raw(raw: i32) -> Option<Errno> {
        Errno::ALL.iter().copied().find(|errno| errno.raw() == raw)
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.meaning())
    }
}

impl core::error::Error for Errno {}
