//! `bridge`: carries messages from a queue to a stream, and from a stream to a queue.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod inward;
#[cfg(target_os = "linux")]
mod outward;
#[cfg(target_os = "linux")]
mod place;
#[cfg(target_os = "linux")]
mod program;
#[cfg(target_os = "linux")]
mod stop;
#[cfg(target_os = "linux")]
mod stream;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    sysv_mq::programs::main("bridge", program::run)
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("bridge: this program needs Linux: other kernels cannot copy a message (MSG_COPY)");
    ExitCode::FAILURE
}
