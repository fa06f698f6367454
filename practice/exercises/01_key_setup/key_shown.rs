// A key by hand: which numbers can be one, and how a key looks.
//
// The server's configuration names a number. Before your program uses it as a key, it wants to know
// whether two programs could find each other by it. And when it reports the key, it should look as
// in the list that `ipcs -q` prints, so that a person can find the line.

/// Whether two programs that use this number as their key find the same queue.
fn is_key(number: i32) -> bool {
    // TODO: one number cannot be a key. Which one?
    number > 0
}

/// The key as `ipcs -q` shows it: `0x000004d2` for 1234.
fn shown(key: i32) -> String {
    // TODO: hexadecimal, with all its zeroes.
    format!("{key}")
}

fn main() {
    for number in [1234, -1, 0] {
        println!("{number} is a key: {}; ipcs -q shows {}", is_key(number), shown(number));
    }
}

#[cfg(test)]
#[path = "../../checks/01_key_setup/key_shown.rs"]
mod tests; // the functions marked #[test]
