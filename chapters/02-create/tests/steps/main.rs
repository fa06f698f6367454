//! Step 2: how a queue comes to be, what its id is, and who may find it.

mod creating;
mod ids;
mod limits;
mod output;
mod permission;
mod program;
mod raw;
mod unused;

use ch01_key_setup::Key;
use ch02_create::Mode;
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const NOBODY: u32 = 65534;

fn new_key(room: &Room) -> Key {
    Key::new(room.key()).expect("a room's keys are not 0")
}
