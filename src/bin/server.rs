//! `server`: receives messages and prints them. All of it is in `sysv_mq::programs::server`.

use std::process::ExitCode;

use clap::Parser;
use sysv_mq::programs::{exit_code, server};

fn main() -> ExitCode {
    let options = server::Options::parse();
    exit_code("server", server::run(&options))
}
