// Predict, then check: do both sides get the same key?
//
// Each makes its key with `Key::from_file`. Write Some(true) or Some(false), all six, before you
// run the tests; they do what is described and print what happened.

/// Question 1: The server uses `mailbox`, the client `other`, a hard link to it (`ln mailbox
/// other`).
// TODO: write Some(true) or Some(false) in place of each None.
const HARD_LINK: Option<bool> = None;

/// Question 2: The server uses `mailbox`, the client `copy`, a copy of it (`cp mailbox copy`).
const COPY: Option<bool> = None;

/// Question 3: Both use `mailbox`. In between somebody adds a line to it (`echo more >> mailbox`).
const APPENDED: Option<bool> = None;

/// Question 4: Both use `mailbox`. In between an editor saves it: it writes a new file and renames
/// that over the old one.
const REPLACED: Option<bool> = None;

/// Question 5: The server uses `mailbox`. Somebody renames the file (`mv mailbox box`), and the
/// client uses `box`.
const RENAMED: Option<bool> = None;

/// Question 6: Both use `mailbox`, the server with project 1 and the client with project 2.
const PROJECT: Option<bool> = None;

fn main() {
    let answers = [HARD_LINK, COPY, APPENDED, REPLACED, RENAMED, PROJECT];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
#[path = "../../checks/01_key_setup/key_predict.rs"]
mod tests; // the functions marked #[test]
