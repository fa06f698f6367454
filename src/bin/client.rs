//! `client`: sends what is typed. All of it is in `sysv_mq::programs::client`.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    use clap::Parser;
    use sysv_mq::programs::{client, exit_code};

    let options = client::Options::parse();
    exit_code("client", client::run(&options))
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!(
        "client: this program needs Linux: other kernels cannot close a queue without losing messages"
    );
    ExitCode::FAILURE
}
