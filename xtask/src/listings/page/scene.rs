//! A scene of the simulator, which becomes a component of the page.

use super::Expander;
use crate::listings::Problem;
use crate::listings::fence::Fence;
use crate::simulator;

impl Expander<'_> {
    /// A scene becomes a component of the page. What it is about stands on the page, not in another
    /// file.
    pub(super) fn simulator(&mut self, fence: &Fence) {
        if fence.file.is_some() {
            return self.problem("a simulator block is written on the page, line by line");
        }
        let opened_at = self.line - fence.lines.len() - 1;
        let component = match simulator::component(&fence.lines, &simulator_page::session) {
            Ok(component) => component,
            Err(faults) => {
                let page = self.page.to_owned();
                let problems = faults.into_iter().map(|fault| Problem {
                    page: page.clone(),
                    line: opened_at + fault.line,
                    reason: fault.reason,
                });
                return self.out.problems.extend(problems);
            }
        };
        for line in component.html.lines() {
            self.push(&format!("{}{line}", fence.indent));
        }
        let id = component.id;
        if let Some(first) = self.out.scenes.insert(id.clone(), opened_at) {
            self.problem(format!(
                "two simulator blocks are called `{id}`: this one and that in line {first}"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::listings::page::tests::{Repository, one_crate};

    fn scene(lines: &str) -> String {
        format!("# Send\n\n```simulator\nid: full\ntitle: Full\n{lines}```\n")
    }

    #[test]
    fn scene_becomes_a_component() {
        let page =
            one_crate().expand(&scene("create 1234\n? Who wakes?\nrecv\nsend 3 hello\n= R1.\n"));
        assert_eq!(page.problems, []);
        assert_eq!(page.scenes, BTreeMap::from([("full".to_owned(), 3)]));
        let opening = "<section class=\"sim\" id=\"sim-full\"";
        assert!(page.markdown.contains(opening), "{}", page.markdown);
        assert!(!page.markdown.contains("```"), "{}", page.markdown);
        let component = page.markdown.trim_start_matches("# Send\n\n");
        assert!(!component.contains("\n\n"), "{component}");
    }

    #[test]
    fn wrong_scene_is_reported_with_its_line() {
        let problem = one_crate().problem(&scene("create 1234\nbogus 3 hello\n"));
        assert!(problem.starts_with("book/send.md:7: `bogus 3 hello`: "), "{problem}");
        let problem = one_crate().problem(&scene("? Who wakes?\nrecv\n"));
        assert!(problem.contains("the question has no answer"), "{problem}");
    }

    #[test]
    fn included_scene_is_refused() {
        let repository = Repository::with(&[("scene.txt", "create 1234\n"), ("book/a", "")]);
        let problem = repository.problem(&scene("{{#include ../scene.txt}}\n"));
        assert!(problem.contains("is written on the page"), "{problem}");
    }

    #[test]
    fn two_scenes_of_one_name_are_refused() {
        let problem = one_crate().problem(&scene("create 1\n").repeat(2));
        let expected = "two simulator blocks are called `full`: this one and that in line 3";
        assert!(problem.ends_with(expected), "{problem}");
    }
}
