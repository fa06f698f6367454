// Write the call: a server and its client both want the mailbox, and nobody can say who comes
// first.
//
// Both call `mailbox` with the same key. Whoever is first makes the queue, the other opens it.

use std::ffi::c_int;

use ch01_key_setup::Key;
use nix::errno::Errno;

/// Opens the mailbox with this key, or makes it; then you may read and write it, and nobody else.
///
/// Returns the queue's id.
fn mailbox(key: Key) -> nix::Result<c_int> {
    // TODO: msgget gets a key and a number of flags. The flags are missing.
    let flags = 0;
    // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
    let id = unsafe { libc::msgget(key.raw(), flags) };
    Errno::result(id)
}

fn main() {
    // A key that no other program uses at this moment: it has this one's process id in it.
    let number = 0x5000_0000 | std::process::id() as i32;
    let Some(key) = Key::new(number) else { return };
    match mailbox(key) {
        Ok(id) => {
            println!("the queue with key {key} has the id {id}");
            practice::remove(id);
        }
        Err(errno) => println!("no queue with key {key}: {errno}"),
    }
}

#[cfg(test)]
#[path = "../../checks/02_create/create_call.rs"]
mod tests; // the functions marked #[test]
