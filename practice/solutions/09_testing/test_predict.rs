/// Question 1: A thread moves into a new IPC namespace. Then another thread of the same process
/// makes a queue with a key. Does the first thread find it by this key?
const OTHERS: Option<bool> = Some(false);

/// Question 2: In the new namespace that thread makes a queue and starts a thread. Does the new
/// thread find the queue by its key?
const CHILDREN: Option<bool> = Some(true);

/// Question 3: Which id does the first queue in a new namespace have?
const FIRST_ID: Option<i32> = Some(0);

/// Question 4: A thread waits in msgrcv. Which letter does its line in /proc/.../stat show as its
/// state? R is running, S sleeping, D sleeping so that nothing wakes it.
const LETTER: Option<char> = Some('S');

/// Question 5: A queue has the mode 000. Does root receive from it?
const ROOT: Option<bool> = Some(true);

/// Question 6: A test makes a queue and fails, by a panic, before the line that would remove it. Is
/// the queue still there?
const FAILED: Option<bool> = Some(true);

fn main() {
    let sure = [OTHERS, CHILDREN, ROOT, FAILED].iter().flatten().count();
    let others = FIRST_ID.iter().count() + LETTER.iter().count();
    println!("{} of 6 predictions made", sure + others);
}

#[cfg(test)]
#[path = "../../checks/09_testing/test_predict.rs"]
mod tests; // the functions marked #[test]
