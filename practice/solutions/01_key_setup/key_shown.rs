/// Whether two programs that use this number as their key find the same queue.
fn is_key(number: i32) -> bool {
    number != libc::IPC_PRIVATE
}

/// The key as `ipcs -q` shows it: `0x000004d2` for 1234.
fn shown(key: i32) -> String {
    format!("{key:#010x}")
}

fn main() {
    for number in [1234, -1, 0] {
        println!("{number} is a key: {}; ipcs -q shows {}", is_key(number), shown(number));
    }
}

#[cfg(test)]
#[path = "../../checks/01_key_setup/key_shown.rs"]
mod tests; // the functions marked #[test]
