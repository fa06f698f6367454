//! A machine as the doctor sees it: what is on its PATH, and the files in which it describes
//! itself.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::report::Report;

const SHELLS: [&[&str]; 3] = [&["dash"], &["busybox", "sh"], &["bash"]];

/// What the doctor uses itself, and what chapters 1 to 6 want; the compilers are stand-ins.
const PROGRAMS: [&str; 14] = [
    "awk", "cat", "getent", "grep", "id", "ipcmk", "ipcrm", "ipcs", "lsipc", "perl", "sed", "true",
    "uname", "unshare",
];

pub(crate) struct Machine {
    folder: TempDir,
    described: bool,
}

impl Machine {
    /// Has all that the book needs, and a repository with what the doctor reads of it.
    pub(crate) fn new() -> Machine {
        let folder = tempfile::tempdir().unwrap();
        // Other users have to reach it.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let mut machine = Machine { folder, described: false };
        for file in ["doctor", "Cargo.toml", "xtask/Cargo.toml", "xtask/src/mdbook.rs"] {
            let copy = machine.path("the house").join(file);
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::copy(repository().join(file), copy).unwrap();
        }
        fs::create_dir(machine.path("bin")).unwrap();
        for program in PROGRAMS {
            symlink(real(program), machine.path("bin").join(program)).unwrap();
        }
        for (program, says) in [("cc", "cc 12.2.0"), ("cargo", ""), ("rustc", "rustc 1.95.0 (x)")] {
            machine = machine.with(program, &format!("echo '{says}'"));
        }
        machine
    }

    pub(crate) fn without(self, programs: &[&str]) -> Machine {
        for program in programs {
            fs::remove_file(self.path("bin").join(program)).unwrap();
        }
        self
    }

    /// With a program that is this shell script.
    pub(crate) fn with(self, program: &str, script: &str) -> Machine {
        // Not written by this process: another test may fork meanwhile, and nobody can start a file
        // that is open for writing somewhere (ETXTBSY). Nor through a link into the real program.
        let write = "rm -f \"$0\" && printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$0\" && chmod 755 \"$0\"";
        let status = Command::new("/bin/sh")
            .args(["-c", write])
            .arg(self.path("bin").join(program))
            .arg(script)
            .status();
        assert!(status.unwrap().success());
        self
    }

    /// Describes itself by this file, and others given so, instead of those of the real machine.
    pub(crate) fn described(mut self, file: &str, text: &str) -> Machine {
        let path = self.path("root").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self.described = true;
        self
    }

    /// Runs the doctor in every shell, and checks each report.
    pub(crate) fn examine(&self, check: impl Fn(&Report)) {
        self.examine_as(|doctor| doctor, check);
    }

    /// As [`examine`](Machine::examine), with something done to the command first.
    pub(crate) fn examine_as(&self, prepare: impl Fn(Command) -> Command, check: impl Fn(&Report)) {
        for shell in SHELLS {
            if find(shell[0]).is_none() {
                assert!(env::var_os("CI").is_none(), "CI needs {}", shell[0]);
                eprintln!("skipped: there is no {} here", shell[0]);
                continue;
            }
            let mut doctor = Command::new(real(shell[0]));
            doctor
                .args(&shell[1..])
                .arg(self.path("the house").join("doctor"))
                .current_dir("/")
                .env("PATH", self.path("bin"))
                .env_remove("CHROMIUM");
            if self.described {
                doctor.env("DOCTOR_ROOT", self.path("root"));
            }
            check(&Report::of(prepare(doctor)));
        }
    }

    pub(crate) fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }
}

pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap();
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.exists())
}

pub(crate) fn real(program: &str) -> PathBuf {
    find(program).unwrap_or_else(|| panic!("these tests need {program} on the PATH"))
}
