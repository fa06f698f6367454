//! `cargo xtask measure`: builds what is measured, and starts chapter 14's program on it.
//!
//! That program draws plots and knows other queues; this one is compiled before the book can be
//! read, so it knows nothing of all that. The namespace is made there, too: it has to be entered by
//! the process that measures.

use std::ffi::OsString;

use anyhow::Result;

use crate::command::{command, root, run};
use crate::harness::compile;
use xtask::artifacts;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What `ch14 measure` takes: --quick, --fresh, and what its --help says
    #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
    options: Vec<OsString>,
}

pub(crate) fn measure(args: &Args) -> Result<()> {
    for pair in ["server", "client", "bare_server", "bare_client"] {
        compile(pair)?;
    }
    let packages = ["--package", "sysv-mq", "--package", "ch14-speed"];
    let build = [&["build", "--release", "--bins"], &packages[..]].concat();
    let ch14 = artifacts::named(&artifacts::build(&build)?, "ch14")?;
    let mut measure = command(&ch14);
    measure.arg("measure").arg("--rust").arg(ch14.with_file_name(""));
    measure.arg("--c").arg(root().join("target/c")).args(&args.options);
    run(&mut measure, "it says why above")
}
