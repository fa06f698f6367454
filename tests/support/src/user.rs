//! Other users: root passes every permission check, so tests of permissions become somebody else.

use crate::tell::tell;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Lets `command` run as this user and group, without supplementary groups and so without root's
/// rights.
///
/// Returns false, and says why, where that is not permitted: it takes real root, not the root of a
/// user namespace, in which there are no other users. The test should then return. With
/// `SUPPORT_REQUIRE_ROOT=1` in the environment it fails instead.
///
/// The program must be where the other user can reach it: see [`copy_for_others`].
#[must_use = "when it is false, the command would run as the same user as before"]
pub fn as_user(id: u32, command: &mut Command) -> bool {
    if !permitted(id, &command.get_program().to_string_lossy()) {
        return false;
    }
    // When root changes the user, the standard library clears the supplementary groups as well.
    command.gid(id).uid(id);
    true
}

/// Whether `who` can be made to run as this user; says so if not.
pub(crate) fn permitted(id: u32, who: &str) -> bool {
    let Err(reason) = may_become(id) else {
        return true;
    };
    let text = format!("skipped: {who} cannot be run as user {id}: {reason}");
    let required = std::env::var_os("SUPPORT_REQUIRE_ROOT").is_some_and(|value| value == "1");
    assert!(!required, "{text}, and SUPPORT_REQUIRE_ROOT=1 forbids skipping");
    tell(&text);
    false
}

fn may_become(id: u32) -> Result<(), String> {
    const SETGID_AND_SETUID: u64 = 1 << 6 | 1 << 7;
    let status = read("/proc/self/status")?;
    let rights = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let rights = rights.and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok()).unwrap_or(0);
    if !nix::unistd::geteuid().is_root() || rights & SETGID_AND_SETUID != SETGID_AND_SETUID {
        return Err("only root may".to_owned());
    }
    let known = |map: &str| read(map).map(|map| maps(&map, id));
    if !known("/proc/self/uid_map")? || !known("/proc/self/gid_map")? {
        return Err("this user namespace has no such user".to_owned());
    }
    Ok(())
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

/// Whether an id is in a user namespace's map, whose lines are "first id inside, first outside, how
/// many".
fn maps(map: &str, id: u32) -> bool {
    map.lines().any(|line| {
        let numbers: Vec<u64> = line.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        let id = u64::from(id);
        matches!(numbers[..], [first, _, count] if first <= id && id < first + count)
    })
}

/// Copies a program to where every user may run it, until the guard is dropped.
///
/// Build directories are often inside a home directory that others may not enter.
///
/// # Panics
///
/// When it cannot be copied to the directory for temporary files.
#[track_caller]
pub fn copy_for_others(program: impl AsRef<Path>) -> (Copied, PathBuf) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let program = program.as_ref();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("for-others-{}-{count}", std::process::id());
    let directory = Copied { path: std::env::temp_dir().join(name) };
    let made = fs::create_dir(&directory.path);
    // Afterwards: the mode given to mkdir would be subject to the umask.
    let opened =
        made.and_then(|()| fs::set_permissions(&directory.path, Permissions::from_mode(0o755)));
    opened.unwrap_or_else(|error| panic!("cannot make {}: {error}", directory.path.display()));
    let copy = directory.path.join(program.file_name().expect("a program has a name"));
    // Not fs::copy: while this process has the copy open for writing, another test may fork and
    // hold it open a moment longer, and then nobody can run it (ETXTBSY).
    let status = Command::new("install").args(["-m", "755"]).arg(program).arg(&copy).status();
    let done = status.as_ref().is_ok_and(|status| status.success());
    assert!(done, "cannot copy {} to {}: {status:?}", program.display(), copy.display());
    (directory, copy)
}

/// A directory that [`copy_for_others`] made; dropping it removes it.
#[derive(Debug)]
#[must_use = "the copy is removed when this is dropped"]
pub struct Copied {
    path: PathBuf,
}

impl Drop for Copied {
    fn drop(&mut self) {
        // Left behind it would be untidy, and nothing worse.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::maps;

    #[test]
    fn only_mapped_ids_are_known() {
        let everybody = "         0          0 4294967295\n";
        let only_root = "         0       1000          1\n";
        assert!(maps(everybody, 0) && maps(everybody, 65534));
        assert!(maps(only_root, 0) && !maps(only_root, 1) && !maps(only_root, 65534));
    }
}
