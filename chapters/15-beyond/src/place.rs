//! Where the bridge keeps what the next one has to know.

use std::env;
use std::path::PathBuf;

use anyhow::anyhow;

/// The usual folder for that; the option is the one that names another place.
pub(crate) fn usual(option: &str) -> anyhow::Result<PathBuf> {
    let set = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")));
    let state = state.ok_or_else(|| {
        anyhow!("there is no place for the {option}: neither HOME nor XDG_STATE_HOME is set; name one with --{option}")
    })?;
    Ok(state.join("bridge"))
}
