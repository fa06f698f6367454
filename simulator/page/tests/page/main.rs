//! The simulator as a page sees it.

mod answers;
mod book;
mod listing;
mod module;
mod picture;
mod program;
mod robust;
mod told;

/// Sessions that use every command in every way, by name: `sessions.txt`.
fn recorded() -> Vec<(&'static str, String)> {
    let sessions = include_str!("sessions.txt").split("== ").skip(1);
    sessions
        .map(|session| {
            let (name, lines) = session
                .split_once('\n')
                .expect("a name has a line of its own");
            (name, lines.to_string())
        })
        .collect()
}
