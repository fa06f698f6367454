//! `client`: sends what is typed. All of it is in `sysv_mq::programs::client`.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    use sysv_mq::programs::{self, client};

    programs::main("client", client::run)
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!(
        "client: this program needs Linux: other kernels cannot close a queue without losing messages"
    );
    ExitCode::FAILURE
}
