//! Programs that a test needs and a machine may lack.

use crate::tell::tell;
use std::env;
use std::path::PathBuf;

/// Where this program is, or `None`, and a word about it, where it is not installed.
///
/// It is looked for as a shell does, and in the folders for root's programs, which other users' shells
/// leave out. The test should return when there is none. With `SUPPORT_REQUIRE_PROGRAMS=1` in the
/// environment it fails instead.
///
/// # Panics
///
/// When it is missing and required.
#[must_use = "when it is None, nothing has been tested"]
pub fn installed(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let roots = ["/usr/local/sbin", "/usr/sbin"].map(PathBuf::from);
    let found =
        env::split_paths(&path).chain(roots).map(|it| it.join(program)).find(|it| it.is_file());
    if found.is_none() {
        let required = env::var_os("SUPPORT_REQUIRE_PROGRAMS").is_some_and(|value| value == "1");
        let text = format!("skipped: the program {program} is not installed");
        assert!(!required, "{text}, and SUPPORT_REQUIRE_PROGRAMS=1 forbids skipping");
        tell(&text);
    }
    found
}
