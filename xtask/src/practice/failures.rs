//! What failing tests have said, taken out of libtest's output.

/// What each failing test said, as libtest puts it together at the end. Nothing if the process was
/// aborted.
///
/// For an ordinary user a test runs again in a user namespace, and what that run said, with
/// headings of its own, is inside what the test said: the last heading is the one that ends it all.
pub(super) fn failures(said: &str) -> Vec<&str> {
    let Some((_, after)) = said.split_once("\n---- ") else {
        return Vec::new();
    };
    let outputs = after.rsplit_once("\nfailures:\n").map_or(after, |(outputs, _)| outputs);
    outputs.split("\n---- ").collect()
}

/// Says left and right at most, and not what is wrong.
pub(super) fn is_bare(failure: &str) -> bool {
    let bare =
        ["assertion failed: ", "called `Result::", "called `Option::", "index out of bounds"];
    bare.iter().any(|start| failure.contains(start))
        || failure.lines().any(|line| line.starts_with("assertion `") && line.ends_with("failed"))
}

#[cfg(test)]
mod tests {
    use super::{failures, is_bare};

    const SAID: &str = "\
running 2 tests

failures:

---- a::tests::one stdout ----
first

---- a::tests::two stdout ----
failures:
    two

failures:
    two
third

failures:
    a::tests::one
";

    #[test]
    fn each_failing_test_is_heard_to_its_end() {
        let found = failures(SAID);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("first") && !found[0].contains("third"));
        assert!(found[1].contains("third") && !found[1].contains("a::tests::one"));
        assert!(failures("running 1 test\ntest result: ok").is_empty());
    }

    #[test]
    fn only_a_message_of_ones_own_is_for_a_person() {
        assert!(is_bare("panicked at x.rs:1:1:\nassertion failed: a == b\n"));
        assert!(is_bare("assertion `left == right` failed\n  left: 1\n"));
        assert!(is_bare("called `Result::unwrap()` on an `Err` value: 1"));
        assert!(!is_bare("assertion `left == right` failed: you forgot\n"));
        assert!(!is_bare("panicked at x.rs:1:1:\nyou forgot\n"));
    }
}
