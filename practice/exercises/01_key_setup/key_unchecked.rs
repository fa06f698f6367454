// Find the bug: on one machine this program finds its queue, on the other it meets strangers.
//
// It makes its key with the C library's own `ftok`. On the second machine /var/run/mailbox does not
// exist.

use std::ffi::CStr;

use ch01_key_setup::Key;
use nix::errno::Errno;

/// The key that the C library makes of a file and a project; its error if it cannot.
fn mailbox_key(path: &CStr, project: u8) -> nix::Result<Key> {
    // SAFETY: a CStr ends with a NUL, and it lives until the call is over.
    let raw = unsafe { libc::ftok(path.as_ptr(), i32::from(project)) };
    // TODO: one number that ftok returns is not a key.
    Key::new(raw).ok_or(Errno::EINVAL)
}

fn main() {
    match mailbox_key(c"/var/run/mailbox", b'M') {
        Ok(key) => println!("the key is {key}"),
        Err(errno) => println!("no key: {errno}"),
    }
}

#[cfg(test)]
#[path = "../../checks/01_key_setup/key_unchecked.rs"]
mod tests; // the functions marked #[test]
