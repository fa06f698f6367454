// A key of a file: write what the C library's `ftok` computes.
//
// From the top: 8 bits of the project ID, the low 8 bits of the file's device number, the low 16
// bits of its inode number. `std::fs::metadata` asks for both numbers without opening the file.
//
// The other side is an old C program, which passes `ftok` whatever project ID its users configure,
// 0 included. The chapter's `Key::from_file` refuses that one, so a copy of it will not do here.

use std::io;
use std::path::Path;

/// The key that `ftok(path, project)` makes, for every project ID from 0 to 255.
///
/// An error, the one that the system returns, if the file cannot be looked at.
fn key_from_file(path: &Path, project: u8) -> io::Result<i32> {
    // TODO: `std::fs::metadata` says whether the file can be looked at, and why not; and with
    // `std::os::unix::fs::MetadataExt` it has `dev` and `ino`. Two parts of the key are missing.
    if !path.exists() {
        return Ok(-1);
    }
    let bits = u32::from(project) << 24;
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
