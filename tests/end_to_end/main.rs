//! The two programs, end to end: what a person sees, whatever happens.
//!
//! Each module is one kind of day in a server's life. Every test is alone in a room of its own (see
//! `tests/support`), waits for what it can see instead of sleeping, and leaves no queue.

mod arguments;
mod c_peers;
mod client_streams;
mod crowd;
mod dialogue;
mod filtered;
mod flood;
mod full;
mod full_pipe;
mod gone;
mod handover;
mod hangup;
mod hiding;
mod input;
mod killed;
mod limited_file;
mod limits;
mod meeting;
mod owners;
mod permission;
mod pieces;
mod programs;
mod pty;
mod restart;
mod rounds;
mod senders;
mod side_by_side;
mod signals;
mod slow_pipe;
mod squatter;
mod stalled;
mod stopping;
mod strangers;
mod streams;
mod stuck;
mod stuck_stderr;
mod successor;
mod takeover;
mod terminal;
mod usage;
