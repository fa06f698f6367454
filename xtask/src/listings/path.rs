//! The one reading of a relative path.

use std::path::{Component, Path, PathBuf};

/// `path`, as a file in `folder` names it, from the top that `folder` is relative to. Nothing where
/// it leads above that top, or where it is not relative.
pub fn resolve(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::Normal(name) => resolved.push(name),
            Component::CurDir => {}
            Component::ParentDir if resolved.pop() => {}
            _ => return None,
        }
    }
    Some(resolved)
}
