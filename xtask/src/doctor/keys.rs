//! The keys that the book's sessions and programs use.

/// Each with where it is used.
pub(crate) const OF_THE_BOOK: [(i32, &str); 1] = [(1234, "the sessions, server and client")];

#[cfg(test)]
mod tests {
    use super::OF_THE_BOOK;
    use crate::command::root;
    use std::fs;

    /// What stands in front of a key in a command of the book.
    const BEFORE_A_KEY: [&str; 6] = ["create", "new", "open", "-Q", "--key", "-k"];

    fn keys_in(page: &str) -> Vec<i32> {
        let commands = page.lines().filter_map(|line| line.strip_prefix("$ "));
        let pairs = commands.flat_map(|command| {
            let words: Vec<_> = command.split_whitespace().collect();
            let pairs = words.windows(2).map(|pair| (pair[0], pair[1]));
            pairs.collect::<Vec<_>>()
        });
        pairs
            .filter(|(before, _)| BEFORE_A_KEY.contains(before))
            .filter_map(|(_, key)| key.parse().ok())
            .collect()
    }

    #[test]
    fn the_pages_use_these_and_no_other() {
        let mut found = Vec::new();
        for entry in fs::read_dir(root().join("book")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "md") {
                found.extend(keys_in(&fs::read_to_string(path).unwrap()));
            }
        }
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, OF_THE_BOOK.map(|(key, _)| key));
    }

    #[test]
    fn the_programs_default_is_one_of_them() {
        let options = fs::read_to_string(root().join("src/programs/options.rs")).unwrap();
        let default = options
            .split_once("default_value = \"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value.parse().unwrap());
        assert!(OF_THE_BOOK.iter().any(|(key, _)| Some(*key) == default));
    }
}
