use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use nix::errno::Errno;

/// Makes a new queue with the key `start`; if that is taken, with the next number, and so on.
///
/// Returns the queue and the key that it has now. An error that does not mean "taken" is returned.
fn first_free(start: Key, mode: Mode) -> nix::Result<(Key, Queue)> {
    let mut number = start.raw();
    loop {
        // 0 is no key: go on behind it.
        if let Some(key) = Key::new(number) {
            match Queue::create_new(key, mode) {
                Err(Errno::EEXIST) => {}
                made => return made.map(|queue| (key, queue)),
            }
        }
        number = number.wrapping_add(1);
    }
}

fn main() -> nix::Result<()> {
    let start = practice::key_of_process();
    let (key, queue) = first_free(start, Mode::S_IRUSR | Mode::S_IWUSR)?;
    println!("from {start} on, the first free key is {key}");
    practice::remove(queue.id());
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/02_create/create_first_free.rs"]
mod tests; // the functions marked #[test]
