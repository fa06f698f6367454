//! Step 3: what a message is in memory, and what of it goes to the kernel.

mod document;
mod envelope;
mod layout;
mod message_type;
mod output;
mod program;
mod raw;
