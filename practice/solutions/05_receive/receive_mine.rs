use ch03_structure::MessageType;
use ch05_receive::{Receiver, Select};

/// The text of the oldest letter for `me`, if there is one now. Never waits; letters for others
/// stay in the queue.
///
/// The text ends before the first NUL; if there is none, where the letter ends. What is not UTF-8
/// is replaced.
fn next_letter(receiver: &mut Receiver, me: MessageType) -> nix::Result<Option<String>> {
    let letter = receiver.try_recv(Select::Exactly(me))?;
    Ok(letter.map(|letter| String::from_utf8_lossy(letter.text()).into_owned()))
}

fn main() {
    practice::with_queue(&["hello\0"], |queue| {
        let letter = next_letter(&mut Receiver::new(queue), MessageType::ONE);
        println!("the letter: {letter:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/05_receive/receive_mine.rs"]
mod tests; // the functions marked #[test]
