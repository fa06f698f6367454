//! The colours of code, put into the page when the book is made: a browser loads nothing for them,
//! and they are there without scripts.

use super::fence::Fence;

mod words;

/// The page with its programs as coloured HTML. A fence stays one where it holds no program, where
/// its language has no grammar here, and where mdBook has lines to hide.
pub(super) fn page(markdown: &str) -> String {
    let mut out = Vec::new();
    let mut lines = markdown.lines();
    while let Some(opening) = lines.next() {
        let fence = Fence::opened_by(opening);
        let block: Vec<&str> = match &fence {
            Some(fence) => lines.by_ref().take_while(|line| !fence.is_closed_by(line)).collect(),
            None => Vec::new(),
        };
        let program = fence.as_ref().and_then(|fence| coloured(fence, &block));
        match (program, fence) {
            (Some(html), _) => out.push(html),
            (None, None) => out.push(opening.to_owned()),
            (None, Some(Fence { indent, ticks, .. })) => {
                out.push(opening.to_owned());
                out.extend(block.into_iter().map(str::to_owned));
                out.push(format!("{indent}{ticks}"));
            }
        }
    }
    out.join("\n") + "\n"
}

/// `<pre>` begins HTML that ends with `</pre>` only: blank lines in it are not the end, and nothing
/// in it is Markdown.
fn coloured(fence: &Fence, block: &[&str]) -> Option<String> {
    let Fence { indent, .. } = fence;
    let language = fence.language();
    if !fence.is_program() || (language == "rust" && block.iter().any(|line| is_hidden(line))) {
        return None;
    }
    let lines = block.iter().map(|line| line.strip_prefix(&indent[..]).unwrap_or(line));
    let code = words::coloured(language, lines)?.join(&format!("\n{indent}"));
    Some(format!("{indent}<pre><code class=\"language-{language}\">{code}\n{indent}</code></pre>"))
}

fn is_hidden(line: &str) -> bool {
    let line = line.trim_start();
    line == "#" || line.starts_with("# ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_becomes_html_and_the_rest_stays() {
        let text =
            "# Send\n\n```rust,ignore\nfn a(b: &u8) {\n\n    // <c>\n}\n```\n\n```text\nfn\n```\n";
        let expected = "# Send\n\n<pre><code class=\"language-rust\">\
            <span class=\"code-keyword\">fn </span><span class=\"code-name\">a</span>\
            (b: &amp;<span class=\"code-keyword\">u8</span>) {\n\n    \
            <span class=\"code-comment\">// &lt;c&gt;</span>\n}\n</code></pre>\n\n```text\nfn\n```\n";
        assert_eq!(page(text), expected);
    }

    #[test]
    fn program_in_a_list_keeps_its_indentation() {
        let text = "1. First\n\n   ```c\n   x;\n     y;\n   ```\n";
        let expected =
            "1. First\n\n   <pre><code class=\"language-c\">x;\n     y;\n   </code></pre>\n";
        assert_eq!(page(text), expected);
    }

    #[test]
    fn hidden_lines_are_left_to_mdbook() {
        let text = "```rust\n# use a::b;\nb();\n```\n";
        assert_eq!(page(text), text);
        assert!(page("```python\n# b\n```\n").contains("code-comment"));
    }
}
