//! A seccomp filter for one command, as a container's runtime installs them.

use std::ffi::c_long;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::ptr;

use libc::{sock_filter, sock_fprog};
use nix::errno::Errno;

/// Where the filter's view of a system call (struct seccomp_data) has the call's number.
const NUMBER: u32 = 0;

/// Where it has the low half of an argument, on a machine that stores the low half first.
fn argument(index: u32) -> u32 {
    16 + 8 * index
}

/// What the filter answers.
pub fn with(errno: Errno) -> u32 {
    libc::SECCOMP_RET_ERRNO | errno as i32 as u32
}

/// `command` gets this answer to the system call.
pub fn deny(command: &mut Command, call: c_long, answer: u32) {
    install(
        command,
        vec![
            load(NUMBER),
            // The number is compared, and one instruction skipped if it is another call.
            jump(libc::BPF_JEQ, u32::try_from(call).unwrap(), 0, 1),
            give(answer),
            give(libc::SECCOMP_RET_ALLOW),
        ],
    );
}

/// The same, if the argument at `index` has this bit set.
pub fn deny_flag(command: &mut Command, call: c_long, index: u32, bit: u32, answer: u32) {
    deny_if(command, call, index, jump(libc::BPF_JSET, bit, 0, 1), answer);
}

/// The same, if the argument at `index` has this value.
pub fn deny_value(command: &mut Command, call: c_long, index: u32, value: u32, answer: u32) {
    deny_if(command, call, index, jump(libc::BPF_JEQ, value, 0, 1), answer);
}

/// `unless` looks at the argument, and skips one instruction if it is another one.
fn deny_if(command: &mut Command, call: c_long, index: u32, unless: sock_filter, answer: u32) {
    install(
        command,
        vec![
            load(NUMBER),
            jump(libc::BPF_JEQ, u32::try_from(call).unwrap(), 0, 3),
            load(argument(index)),
            unless,
            give(answer),
            give(libc::SECCOMP_RET_ALLOW),
        ],
    );
}

fn install(command: &mut Command, mut program: Vec<sock_filter>) {
    let begin = move || {
        let filter =
            sock_fprog { len: program.len().try_into().unwrap_or(0), filter: program.as_mut_ptr() };
        // SAFETY: this option takes four numbers.
        let done = unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) };
        Errno::result(done).map_err(io::Error::from)?;
        // SAFETY: `filter` describes `program`, and the kernel copies both before it returns.
        let done = unsafe {
            libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, ptr::from_ref(&filter))
        };
        Errno::result(done).map(drop).map_err(io::Error::from)
    };
    // SAFETY: between fork and exec `begin` makes two system calls; it neither allocates nor takes
    // a lock.
    unsafe { command.pre_exec(begin) };
}

fn load(offset: u32) -> sock_filter {
    instruction(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, offset, 0, 0)
}

fn jump(how: u32, value: u32, if_so: u8, if_not: u8) -> sock_filter {
    instruction(libc::BPF_JMP | how | libc::BPF_K, value, if_so, if_not)
}

fn give(answer: u32) -> sock_filter {
    instruction(libc::BPF_RET | libc::BPF_K, answer, 0, 0)
}

fn instruction(code: u32, k: u32, jt: u8, jf: u8) -> sock_filter {
    let code = u16::try_from(code).unwrap();
    sock_filter { code, jt, jf, k }
}
