// Predict, then check: what a test finds around it.
//
// Write all six answers before you run the tests; they do what is described and print what
// happened.

/// Question 1: A thread moves into a new IPC namespace. Then another thread of the same process
/// makes a queue with a key. Does the first thread find it by this key?
// TODO: write Some(true) or Some(false) in place of None; for questions 3 and 4 a number and a
// letter.
const OTHERS: Option<bool> = None;

/// Question 2: In the new namespace that thread makes a queue and starts a thread. Does the new
/// thread find the queue by its key?
const CHILDREN: Option<bool> = None;

/// Question 3: Which id does the first queue in a new namespace have?
const FIRST_ID: Option<i32> = None;

/// Question 4: A thread waits in msgrcv. Which letter does its line in /proc/.../stat show as its
/// state? R is running, S sleeping, D sleeping so that nothing wakes it.
const LETTER: Option<char> = None;

/// Question 5: A queue has the mode 000. Does root receive from it?
const ROOT: Option<bool> = None;

/// Question 6: A test makes a queue and fails, by a panic, before the line that would remove it. Is
/// the queue still there?
const FAILED: Option<bool> = None;

fn main() {
    let sure = [OTHERS, CHILDREN, ROOT, FAILED].iter().flatten().count();
    let others = FIRST_ID.iter().count() + LETTER.iter().count();
    println!("{} of 6 predictions made", sure + others);
}

#[cfg(test)]
#[path = "../../checks/09_testing/test_predict.rs"]
mod tests; // the functions marked #[test]
