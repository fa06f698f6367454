// Predict, then check: count bytes.
//
// Write Some(NUMBER), all six, before you run the tests; they ask the compiler and the kernel.

/// Question 1: The text "hello" and a NUL are sent. Which size is passed to msgsnd?
// TODO: write Some(NUMBER) in place of each None.
const HELLO: Option<usize> = None;

/// Question 2: How large is `struct { long type; char text[3]; }` on a machine whose long has 8
/// bytes?
const PADDED: Option<usize> = None;

/// Question 3: That struct is sent, with its size less that of the long. How many bytes arrive that
/// are not of the text?
const TAIL: Option<usize> = None;

/// Question 4: How large is a `DocumentMessage`, with its long of 8 bytes and its text of 256?
const DOCUMENT: Option<usize> = None;

/// Question 5: A struct has a long and a u128, which is aligned to 16 bytes. At which offset does
/// the u128 begin?
const OVER_ALIGNED: Option<usize> = None;

/// Question 6: What is the least size of a message that msgsnd takes?
const LEAST: Option<usize> = None;

fn main() {
    let answers = [HELLO, PADDED, TAIL, DOCUMENT, OVER_ALIGNED, LEAST];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
#[path = "../../checks/03_structure/structure_predict.rs"]
mod tests; // the functions marked #[test]
