//! `client`: sends what is typed. All of it is in `sysv_mq::programs::client`.

use std::process::ExitCode;

use clap::Parser;
use sysv_mq::programs::{client, exit_code};

fn main() -> ExitCode {
    let options = client::Options::parse();
    exit_code("client", client::run(&options))
}
