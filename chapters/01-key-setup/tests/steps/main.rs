//! Step 1: what a key is, how one is written, and how one is made of a file.

mod file;
mod folder;
mod number;
mod output;
mod program;
mod random;
