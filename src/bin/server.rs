//! `server`: receives messages and prints them. All of it is in `sysv_mq::programs::server`.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    use sysv_mq::programs::{self, server};

    programs::main("server", server::run)
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!(
        "server: this program needs Linux: other kernels cannot close a queue without losing messages"
    );
    ExitCode::FAILURE
}
