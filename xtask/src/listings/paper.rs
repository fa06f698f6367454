//! The sentence that offers the book as one file: it is on a page only while that file is in the
//! book, so that no copy of the book has a dead link. `cargo xtask pdf --offer` puts the file
//! there.
//!
//! On the page it is a line `<!-- with leave-a-message.pdf: SENTENCE -->`.

/// The file, in the folder of the pages.
pub const FILE: &str = "leave-a-message.pdf";

/// The page with the sentence in place, if the file is there.
pub(super) fn offer(markdown: &str, is_there: bool) -> String {
    let begin = format!("<!-- with {FILE}: ");
    let sentence = |line| str::strip_suffix(str::strip_prefix(line, &*begin)?, " -->");
    let line = |line| match sentence(line) {
        Some(sentence) if is_there => format!("{sentence}\n"),
        _ => format!("{line}\n"),
    };
    markdown.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# A\n\n<!-- with leave-a-message.pdf: [One file](leave-a-message.pdf). -->\n\n<!-- B -->\n";

    #[test]
    fn sentence_is_on_the_page_while_the_file_is_there() {
        let expected = "# A\n\n[One file](leave-a-message.pdf).\n\n<!-- B -->\n";
        assert_eq!(offer(PAGE, true), expected);
    }

    #[test]
    fn sentence_stays_a_comment_without_the_file() {
        assert_eq!(offer(PAGE, false), PAGE);
    }
}
