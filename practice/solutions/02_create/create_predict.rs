/// Question 1: A program makes a queue, its `Queue` goes out of scope, and the program ends. Is the
/// queue still there?
const STILL_THERE: Option<bool> = Some(true);

/// Question 2: Two programs call `Queue::create` with one key. Do they get the same id?
const SAME_KEY: Option<bool> = Some(true);

/// Question 3: Two programs call `Queue::private`. Do they get the same id?
const BOTH_PRIVATE: Option<bool> = Some(false);

/// Question 4: You have made a queue of mode 000. Does `Queue::open` find it?
const MODE_000: Option<bool> = Some(true);

/// Question 5: There is a queue. Somebody calls msgget with its key and IPC_EXCL, without
/// IPC_CREAT. Does that fail?
const EXCL_ALONE: Option<bool> = Some(false);

/// Question 6: A queue is removed and made again at once, with the same key. Does it have the
/// same id as before?
const SAME_ID: Option<bool> = Some(false);

fn main() {
    let answers = [STILL_THERE, SAME_KEY, BOTH_PRIVATE, MODE_000, EXCL_ALONE, SAME_ID];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
#[path = "../../checks/02_create/create_predict.rs"]
mod tests; // the functions marked #[test]
