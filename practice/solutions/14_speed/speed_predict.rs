/// Question 1: The oldest of 16,000 messages is taken out (type 0). Is that slower than from a
/// queue with 1 message?
const OLDEST: Option<bool> = Some(false);

/// Question 2: The last of 16,000 messages is the only one of type 7, and is taken out by its type.
/// Is that slower than taking the oldest?
const BY_TYPE: Option<bool> = Some(true);

/// Question 3: The 100 oldest of 16,000 messages have type 2, the others type 3. One of the lowest
/// type up to 5 is taken out (-5), which is the oldest. Is that slower than with type 0?
const LOWEST: Option<bool> = Some(true);

/// Question 4: The same, but the 100 oldest have type 1. Is that slower than with type 0?
const LOWEST_IS_1: Option<bool> = Some(false);

/// Question 5: A message is sent to a queue that holds 16,000. Is that slower than to one that
/// holds none?
const SENDING: Option<bool> = Some(false);

/// Question 6: A queue has the usual capacity of 16,384 bytes. How many messages of 8,192 bytes
/// does it take before a sender must wait for a receiver?
const LARGE: Option<usize> = Some(2);

fn main() {
    let answers = [OLDEST, BY_TYPE, LOWEST, LOWEST_IS_1, SENDING];
    let made = answers.iter().flatten().count() + LARGE.iter().count();
    println!("{made} of 6 predictions made");
}

#[cfg(test)]
#[path = "../../checks/14_speed/speed_predict.rs"]
mod tests; // the functions marked #[test]
