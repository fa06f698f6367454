//! Starting other programs: found from any folder, never outliving this one, and with an error that
//! says what to do.

use std::env;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::{Result, anyhow, bail};

/// The root of the repository, wherever the command was called from.
pub fn root() -> PathBuf {
    // Cargo names the folder of today; the one compiled in is right as long as nobody moved the
    // repository.
    let package =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut above = Path::new(&package).ancestors();
    let root = above.find(|folder| folder.join("book.toml").exists());
    root.expect("a package of this repository is below book.toml").to_owned()
}

/// A command that runs in the root of the repository.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Starts `command`.
///
/// # Errors
///
/// Says that it is not there, and gives `remedy`.
pub fn spawn(command: &mut Command, remedy: &str) -> Result<Child> {
    end_with_us(command);
    command.spawn().map_err(|error| {
        let program = command.get_program().to_string_lossy();
        match error.kind() {
            ErrorKind::NotFound => anyhow!("there is no program `{program}` here: {remedy}"),
            _ => anyhow!("`{program}` could not be started ({error}): {remedy}"),
        }
    })
}

/// Runs `command` to its end, its output on the terminal.
///
/// # Errors
///
/// Anything but success is one, which ends with `remedy`.
pub fn run(command: &mut Command, remedy: &str) -> Result<()> {
    let status = spawn(command, remedy)?.wait()?;
    if !status.success() {
        let program = command.get_program();
        let name = Path::new(program).file_name().unwrap_or(program);
        let words: Vec<_> =
            [name].into_iter().chain(command.get_args()).map(OsStr::to_string_lossy).collect();
        bail!("`{}` failed ({status}): {remedy}", words.join(" "));
    }
    Ok(())
}

/// Ctrl-C reaches every program of the terminal; this is for the other ways to go, where only this
/// program is ended.
#[cfg(target_os = "linux")]
fn end_with_us(command: &mut Command) {
    use nix::sys::prctl::set_pdeathsig;
    use nix::sys::signal::Signal;
    use std::os::unix::process::CommandExt;

    let tie = || Ok(set_pdeathsig(Signal::SIGTERM)?);
    // SAFETY: between fork and exec `tie` makes one system call; it neither allocates nor takes a
    // lock.
    unsafe { command.pre_exec(tie) };
}

#[cfg(not(target_os = "linux"))]
fn end_with_us(_command: &mut Command) {}
