//! System V message queues as the kernel holds them, without a kernel.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
