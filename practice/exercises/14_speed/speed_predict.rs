// Predict, then check: what makes a queue slow?
//
// Write all six answers before you run the tests; they measure, with a queue that is nearly empty
// and with one that holds 16,000 messages without bytes, and print what came out.
//
// Slower means: more than four times as long.

/// Question 1: The oldest of 16,000 messages is taken out (type 0). Is that slower than from a
/// queue with 1 message?
// TODO: write Some(true) or Some(false) in place of each None of this kind.
const OLDEST: Option<bool> = None;

/// Question 2: The last of 16,000 messages is the only one of type 7, and is taken out by its type.
/// Is that slower than taking the oldest?
const BY_TYPE: Option<bool> = None;

/// Question 3: The 100 oldest of 16,000 messages have type 2, the others type 3. One of the lowest
/// type up to 5 is taken out (-5), which is the oldest. Is that slower than with type 0?
const LOWEST: Option<bool> = None;

/// Question 4: The same, but the 100 oldest have type 1. Is that slower than with type 0?
const LOWEST_IS_1: Option<bool> = None;

/// Question 5: A message is sent to a queue that holds 16,000. Is that slower than to one that
/// holds none?
const SENDING: Option<bool> = None;

/// Question 6: A queue has the usual capacity of 16,384 bytes. How many messages of 8,192 bytes
/// does it take before a sender must wait for a receiver?
// TODO: write Some(number).
const LARGE: Option<usize> = None;

fn main() {
    let answers = [OLDEST, BY_TYPE, LOWEST, LOWEST_IS_1, SENDING];
    let made = answers.iter().flatten().count() + LARGE.iter().count();
    println!("{made} of 6 predictions made");
}

#[cfg(test)]
#[path = "../../checks/14_speed/speed_predict.rs"]
mod tests; // the functions marked #[test]
