//! A window as bytes.

use ch03_structure::MessageType;
use nix::unistd::Pid;

use crate::window::Source;
use crate::{Origin, OwnedMessage, Window};

pub(super) const MAGIC: &[u8; 8] = b"ch15jrnl";

pub(super) fn encode(window: &Window) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    let number = |bytes: &mut Vec<u8>, number: i64| bytes.extend(number.to_ne_bytes());
    let piece = |bytes: &mut Vec<u8>, piece: &[u8]| {
        number(bytes, piece.len() as i64);
        bytes.extend(piece);
    };
    number(&mut bytes, 0);
    number(&mut bytes, window.epoch.cast_signed());
    number(&mut bytes, window.first.cast_signed());
    number(&mut bytes, window.source.is_some().into());
    if let Some(Source { origin, before, takers: [first, second] }) = &window.source {
        piece(&mut bytes, origin.0.as_bytes());
        // No process has the number -1.
        for pid in [before.unwrap_or(NOBODY), *first, *second] {
            number(&mut bytes, pid.as_raw().into());
        }
    }
    number(&mut bytes, window.messages.len() as i64);
    for message in &window.messages {
        number(&mut bytes, message.message_type.raw());
        piece(&mut bytes, &message.bytes);
    }
    bytes.extend(MAGIC);
    bytes
}

const NOBODY: Pid = Pid::from_raw(-1);

/// The window, and its note. `None`: these are not the bytes of one.
pub(super) fn decode(mut bytes: &[u8]) -> Option<(Window, usize)> {
    let rest = &mut bytes;
    magic(rest)?;
    let noted = usize::try_from(number(rest)?).ok()?;
    let epoch = number(rest)?.cast_unsigned();
    let first = number(rest)?.cast_unsigned();
    let source = match number(rest)? {
        0 => None,
        1 => {
            let origin = Origin(String::from_utf8(piece(rest)?.to_vec()).ok()?);
            let before = Some(pid(rest)?).filter(|pid| *pid != NOBODY);
            Some(Source { origin, before, takers: [pid(rest)?, pid(rest)?] })
        }
        _ => return None,
    };
    let count = number(rest)?;
    let mut messages = Vec::new();
    for _ in 0..count {
        let message_type = MessageType::new(number(rest)?)?;
        messages.push(OwnedMessage { message_type, bytes: piece(rest)?.to_vec() });
    }
    magic(rest)?;
    Some((Window { epoch, first, source, messages }, noted)).filter(|_| rest.is_empty())
}

fn magic(rest: &mut &[u8]) -> Option<()> {
    rest.split_off(..MAGIC.len()).filter(|bytes| bytes == MAGIC).map(drop)
}

fn number(rest: &mut &[u8]) -> Option<i64> {
    let (bytes, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(i64::from_ne_bytes(*bytes))
}

fn piece<'bytes>(rest: &mut &'bytes [u8]) -> Option<&'bytes [u8]> {
    let length = usize::try_from(number(rest)?).ok()?;
    rest.split_off(..length)
}

fn pid(rest: &mut &[u8]) -> Option<Pid> {
    i32::try_from(number(rest)?).ok().map(Pid::from_raw)
}
