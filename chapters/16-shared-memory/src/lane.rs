//! The ring itself, for one sender and one receiver at a time: the slot first, then one store that
//! publishes it.
//!
//! All that changes is two numbers. `tail` counts the messages sent and `head` those received, each
//! is written by its own side alone, and a slot belongs to the sender if it is not between them. So
//! there is no moment at which a death leaves a ring that is half in one state and half in another:
//! either the number has been stored, or it has not.
//!
//! The other side is not believed (and the numbers wrap, for it may choose where they begin).
//! Whatever it writes, the lane stays within its mapping, copies each byte once, and looks at the
//! copy.

use std::sync::atomic::{AtomicU64, Ordering};

use nix::errno::Errno;

use crate::layout::{Layout, WORD};

/// Where in a call a process can be killed: for tests, and for those who want to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It has the right to send or receive, alone, and has not done anything yet.
    Entered,
    /// It has copied the message, and nobody knows yet.
    Copied,
    /// It has said so, and has woken nobody.
    Published,
}

/// Header and slots, and what both sides do with them.
#[derive(Debug)]
pub(crate) struct Lane(pub(crate) Layout);

impl Lane {
    // ANCHOR: put
    /// Puts a message in as number `tail`, which the caller knows to be the next. `None`: it is
    /// full.
    pub(crate) fn put(
        &self,
        tail: u64,
        message: &[u8],
        at: impl Fn(Step),
    ) -> nix::Result<Option<()>> {
        let header = self.0.header();
        if message.len() > self.0.shape().longest() as usize {
            return Err(Errno::EMSGSIZE);
        }
        if header.closed.load(Ordering::Acquire) != 0 {
            return Err(Errno::EPIPE);
        }
        // Acquire: the receiver has read what was in the slot, and is done with it.
        let head = header.head.0.load(Ordering::Acquire);
        if self.used(head, tail)? == u64::from(self.0.shape().slots()) {
            return Ok(None);
        }
        let (length, words) = self.0.slot(tail);
        length.store(message.len() as u64, Ordering::Relaxed);
        store(words, message);
        at(Step::Copied);
        // Release: whoever sees this number sees the message.
        header.tail.0.store(tail.wrapping_add(1), Ordering::Release);
        at(Step::Published);
        Ok(Some(()))
    }
    // ANCHOR_END: put

    // ANCHOR: take
    /// Takes message number `head` out, which the caller knows to be the next. `None`: it is empty.
    pub(crate) fn take(
        &self,
        head: u64,
        message: &mut Vec<u8>,
        at: impl Fn(Step),
    ) -> nix::Result<Option<()>> {
        let header = self.0.header();
        // Before the tail: whatever was sent before the ring was closed is seen below.
        let closed = header.closed.load(Ordering::Acquire) != 0;
        let tail = header.tail.0.load(Ordering::Acquire);
        if self.used(head, tail)? == 0 {
            return if closed { Err(Errno::EPIPE) } else { Ok(None) };
        }
        let (length, words) = self.0.slot(head);
        // Read once. What it says may be another number by now; this one has been checked.
        let length = length.load(Ordering::Relaxed);
        if length > u64::from(self.0.shape().longest()) {
            return Err(Errno::EBADMSG);
        }
        load(words, length as usize, message);
        at(Step::Copied);
        // Release: the sender may overwrite the slot, for it has been read.
        header.head.0.store(head.wrapping_add(1), Ordering::Release);
        at(Step::Published);
        Ok(Some(()))
    }
    // ANCHOR_END: take

    /// How many messages are in it; `EBADMSG` if the numbers cannot be true.
    pub(crate) fn used(&self, head: u64, tail: u64) -> nix::Result<u64> {
        let used = tail.wrapping_sub(head);
        if used <= u64::from(self.0.shape().slots()) { Ok(used) } else { Err(Errno::EBADMSG) }
    }
}

/// Copies a message into a slot, which has room for it.
///
/// Word by word, each an atomic store: a peer that does not keep to the rules may read or write
/// there at the same time, which for an ordinary access is a data race, undefined behaviour; and
/// to races a `volatile` access is an ordinary one. On common machines a relaxed store is one
/// instruction, as any other.
pub(crate) fn store(words: &[AtomicU64], message: &[u8]) {
    let mut parts = message.chunks_exact(WORD);
    let mut words = words.iter();
    for (part, word) in (&mut parts).zip(&mut words) {
        word.store(u64::from_ne_bytes(part.try_into().expect("a word")), Ordering::Relaxed);
    }
    if let (rest @ [_, ..], Some(word)) = (parts.remainder(), words.next()) {
        let mut last = [0; WORD];
        last[..rest.len()].copy_from_slice(rest);
        word.store(u64::from_ne_bytes(last), Ordering::Relaxed);
    }
}

/// Copies `length` bytes out of a slot, which has so many.
pub(crate) fn load(words: &[AtomicU64], length: usize, message: &mut Vec<u8>) {
    let words = &words[..length.div_ceil(WORD)];
    message.resize(words.len() * WORD, 0);
    for (copy, word) in message.chunks_exact_mut(WORD).zip(words) {
        copy.copy_from_slice(&word.load(Ordering::Relaxed).to_ne_bytes());
    }
    message.truncate(length);
}
