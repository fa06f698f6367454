//! The message in memory, laid out as `struct msgbuf` and reused from call to call.

use std::ffi::{c_long, c_void};
use std::fmt;
use std::slice;

use crate::MessageType;

// ANCHOR: envelope
/// A message type and bytes, laid out as the kernel wants them: a C `long`, then the bytes.
///
/// The memory is a row of whole `long`s, so it is aligned for the first of them, it has no
/// padding, and each byte is initialised from the start. Filling it again reuses it.
#[derive(Clone)]
#[doc(alias = "msgbuf")]
pub struct Envelope {
    /// The type in the first word, the bytes from the second on. Never empty.
    words: Vec<c_long>,
    /// How many bytes after the first word belong to the message. At most [`Envelope::capacity`].
    len: usize,
}

const WORD: usize = size_of::<c_long>();
// ANCHOR_END: envelope

impl Envelope {
    /// An empty message of type 1, without room for bytes yet.
    #[must_use]
    pub fn new() -> Envelope {
        Envelope::with_capacity(0)
    }

    /// An empty message of type 1, with room for at least this many bytes.
    ///
    /// # Panics
    ///
    /// If the size overflows `isize`, as for `Vec::with_capacity`.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Envelope {
        let mut words = vec![0; 1 + bytes.div_ceil(WORD)];
        words[0] = MessageType::ONE.raw();
        Envelope { words, len: 0 }
    }

    // ANCHOR: fill
    /// Puts a message in, in place of the one before. Allocates only if it is the longest so far.
    ///
    /// # Panics
    ///
    /// As [`Envelope::reserve`]; no slice is long enough for that.
    pub fn fill(&mut self, message_type: MessageType, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.words[0] = message_type.raw();
        self.body_mut()[..bytes.len()].copy_from_slice(bytes);
        self.len = bytes.len();
    }

    /// Makes room for messages of at least this many bytes. What is inside stays.
    ///
    /// # Panics
    ///
    /// If the size overflows `isize`, as for `Vec::reserve`.
    pub fn reserve(&mut self, bytes: usize) {
        let needed = 1 + bytes.div_ceil(WORD);
        if self.words.len() < needed {
            self.words.resize(needed, 0);
        }
    }
    // ANCHOR_END: fill

    /// The type of the message inside.
    ///
    /// # Panics
    ///
    /// If [`Envelope::set_received`] was called after something other than the kernel had written
    /// a number below 1 as the type.
    #[must_use]
    pub fn message_type(&self) -> MessageType {
        MessageType::new(self.words[0]).expect("the kernel delivers no type below 1")
    }

    /// The bytes of the message inside, without the type.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body()[..self.len]
    }

    // ANCHOR: len
    /// How many bytes the message has, without the type: the `msgsz` of msgsnd(2).
    #[must_use]
    #[doc(alias = "msgsz")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the message has no bytes. A type alone is a message that can be sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many bytes the envelope has room for, without the type: the `msgsz` of msgrcv(2).
    #[must_use]
    pub fn capacity(&self) -> usize {
        (self.words.len() - 1) * WORD
    }
    // ANCHOR_END: len
}

impl Envelope {
    // ANCHOR: pointers
    /// Where the message starts, for msgsnd(2): at it are the type and [`Envelope::len`] bytes,
    /// all of them initialised.
    #[must_use]
    pub fn as_ptr(&self) -> *const c_void {
        self.words.as_ptr().cast()
    }

    /// Where to put a message, for msgrcv(2): at it is space for a type and
    /// [`Envelope::capacity`] bytes. Tell [`Envelope::set_received`] what came.
    #[must_use]
    pub fn as_mut_ptr(&mut self) -> *mut c_void {
        self.words.as_mut_ptr().cast()
    }

    /// Records that a message of `len` bytes has been written at [`Envelope::as_mut_ptr`].
    ///
    /// Safe, because every byte of an envelope is initialised at all times: a wrong number shows
    /// bytes of an earlier message, not foreign memory.
    ///
    /// # Panics
    ///
    /// If `len` is more than [`Envelope::capacity`].
    pub fn set_received(&mut self, len: usize) {
        assert!(
            len <= self.capacity(),
            "a message of {len} bytes in an envelope for {}",
            self.capacity()
        );
        self.len = len;
    }
    // ANCHOR_END: pointers

    // ANCHOR: views
    /// All words but the first, as bytes.
    fn body(&self) -> &[u8] {
        let body = &self.words[1..];
        // SAFETY: `body` is a slice of initialised `c_long`s: its pointer is not null, is aligned
        // for `u8` (1 divides every alignment), and `size_of_val` bytes from it on are in one
        // allocation, at most `isize::MAX` of them as for any slice. An integer has no padding, so
        // each byte is initialised. The borrow of `self` keeps writers away while the view lives.
        unsafe { slice::from_raw_parts(body.as_ptr().cast(), size_of_val(body)) }
    }

    /// All words but the first, as bytes to write.
    fn body_mut(&mut self) -> &mut [u8] {
        let body = &mut self.words[1..];
        // SAFETY: as in `body`. The view is the only way to these words while it borrows `self`
        // mutably, and every pattern of bytes written through it is a valid `c_long`.
        unsafe { slice::from_raw_parts_mut(body.as_mut_ptr().cast(), size_of_val(body)) }
    }
    // ANCHOR_END: views
}

impl Default for Envelope {
    fn default() -> Envelope {
        Envelope::new()
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("message_type", &self.words[0])
            .field("bytes", &format_args!("\"{}\"", self.bytes().escape_ascii()))
            .finish()
    }
}
