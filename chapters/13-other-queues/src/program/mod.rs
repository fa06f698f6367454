//! What the program does: a file for each of its parts.

mod child;
mod many;
mod plain;
mod table;
mod trial;

use ch13_other_queues::{Datagram, MessageQueue, Pipe, Posix, SeqPacket, SystemV, explain};
use nix::errno::Errno;
use streams::{Failure, argument};

pub(crate) const USAGE: &str = "\
usage: ch13 table [NAME]              what each can do: all, or one mechanism, or one property
       ch13 try MECHANISM TEXT ...    a child sends each TEXT; print what comes
       ch13 plain MECHANISM TEXT ...  the same with the bare calls: print what each of them returns
       ch13 many MECHANISM N          make N queues at the same time
       ch13 send MECHANISM [TEXT ...] what try starts: send each TEXT, or each line of the input
       ch13 receive MECHANISM         the other side: print each message until the end
MECHANISM: system-v, posix, seqpacket, datagram or pipe";

/// Calls a function for the mechanism of this name.
macro_rules! with {
    ($name:expr, $module:ident::$function:ident, $($argument:expr),*) => {
        match $name {
            SystemV::NAME => $module::$function::<SystemV>($($argument),*),
            Posix::NAME => $module::$function::<Posix>($($argument),*),
            SeqPacket::NAME => $module::$function::<SeqPacket>($($argument),*),
            Datagram::NAME => $module::$function::<Datagram>($($argument),*),
            Pipe::NAME => $module::$function::<Pipe>($($argument),*),
            other => Err(Failure::misuse(other, MECHANISM)),
        }
    };
}

const MECHANISM: &str = "a mechanism is system-v, posix, seqpacket, datagram or pipe";

pub(crate) fn run(args: &[&str]) -> Result<(), Failure> {
    match *args {
        ["table"] => table::table(None),
        ["table", name] => table::table(Some(name)),
        ["try", mechanism, ref texts @ ..] if !texts.is_empty() => {
            with!(mechanism, trial::trial, texts)
        }
        ["plain", mechanism, ref texts @ ..] if !texts.is_empty() => {
            with!(mechanism, plain::plain, texts)
        }
        ["many", mechanism, count] => with!(mechanism, many::many, argument(count)?),
        ["send", mechanism, ref texts @ ..] => with!(mechanism, child::send, texts),
        ["receive", mechanism] => with!(mechanism, child::receive,),
        _ => Err(Failure::usage()),
    }
}

fn failed<Q: MessageQueue>(what: &str) -> impl FnOnce(Errno) -> Failure {
    move |errno| Failure::new(format_args!("{what}: {} ({errno:?})", explain::<Q>(errno)))
}

/// A message, so that its boundaries can be seen.
fn shown(message: &[u8]) -> String {
    let bytes = message.len();
    let unit = if bytes == 1 { "byte" } else { "bytes" };
    format!("{bytes} {unit}: \"{}\"", message.escape_ascii())
}
