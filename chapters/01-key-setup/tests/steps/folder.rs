//! A folder for one test, which other users can enter.

use std::env::temp_dir;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process;

pub(crate) struct Folder(PathBuf);

impl Folder {
    /// `name` is that of the test: tests run at the same time.
    pub(crate) fn new(name: &str) -> Folder {
        let folder = Folder(temp_dir().join(format!("ch01-{}-{name}", process::id())));
        fs::create_dir(&folder.0).expect("a new folder for temporary files can be made");
        folder.set_mode(0o755);
        folder
    }

    pub(crate) fn set_mode(&self, mode: u32) {
        fs::set_permissions(&self.0, Permissions::from_mode(mode)).expect("the folder is ours");
    }

    /// Makes a file, with its name as its text.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, name).expect("the folder is ours");
        path
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind it would be untidy, and nothing worse.
        let _ = fs::remove_dir_all(&self.0);
    }
}
