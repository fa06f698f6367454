use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The key that `ftok(path, project)` makes, for every project ID from 0 to 255.
///
/// An error, the one that the system returns, if the file cannot be looked at.
fn key_from_file(path: &Path, project: u8) -> io::Result<i32> {
    let file = std::fs::metadata(path)?;
    let device = file.dev() & 0xff;
    let inode = file.ino() & 0xffff;
    let bits = u32::from(project) << 24 | (device as u32) << 16 | inode as u32;
    Ok(bits as i32)
}

fn main() {
    match key_from_file(Path::new("Cargo.toml"), 1) {
        Ok(key) => println!("the key of Cargo.toml is {key:#010x}"),
        Err(error) => println!("no key: {error}"),
    }
}

#[cfg(test)]
#[path = "../../checks/01_key_setup/key_from_file.rs"]
mod tests; // the functions marked #[test]
