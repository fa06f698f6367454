//! Chapter 14: the program that measures, and what the book shows of it.

#![cfg(target_os = "linux")]

mod book;
mod method;
mod program;
mod stopping;
