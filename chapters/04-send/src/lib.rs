//! Sender: puts messages in.
