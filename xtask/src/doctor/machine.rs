//! The files in which a machine describes itself. The tests describe machines that are not here.

use std::fs;
use std::path::PathBuf;

pub(crate) struct Machine {
    root: PathBuf,
}

impl Machine {
    pub(crate) fn this() -> Machine {
        Machine { root: "/".into() }
    }

    /// The file without its last newline; `None` where it is not there or may not be read.
    pub(crate) fn read(&self, file: &str) -> Option<String> {
        let text = fs::read_to_string(self.root.join(file)).ok()?;
        Some(text.trim_end().to_owned())
    }

    pub(crate) fn number(&self, file: &str) -> Option<u64> {
        self.read(file)?.trim().parse().ok()
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.root.join(file).exists()
    }

    /// Whether a seccomp filter is in force for this process: mode 2 in its status.
    pub(crate) fn is_filtered(&self) -> bool {
        let status = self.read("proc/self/status").unwrap_or_default();
        status
            .lines()
            .filter_map(|line| line.strip_prefix("Seccomp:"))
            .any(|mode| mode.trim() == "2")
    }
}

/// A machine that consists of these files alone, for as long as the folder lives.
#[cfg(test)]
pub(crate) fn described(files: &[(&str, &str)]) -> (tempfile::TempDir, Machine) {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let root = folder.path().to_owned();
    (folder, Machine { root })
}
