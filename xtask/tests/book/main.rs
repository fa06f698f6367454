//! `cargo book` in a small repository of its own: two at once, ports that are taken, disks that
//! take nothing.

#![cfg(target_os = "linux")]

mod disk;
mod installation;
mod port;
mod repository;
