use super::*;

const NESTED: &str = "\
use a;
// ANCHOR: outer
impl Key {
    // ANCHOR: inner
    fn raw(self) -> i32 {
        self.0
    }

    // ANCHOR_END: inner
}
// ANCHOR_END: outer
";

fn faults(text: &str) -> Vec<String> {
    let faults = Source::parse(text).faults().to_vec();
    faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.reason)).collect()
}

#[test]
fn an_anchor_is_quoted_without_marks_and_common_indentation() {
    let source = Source::parse(NESTED);
    let inner = source.anchor("inner").unwrap();
    assert_eq!(inner, ["fn raw(self) -> i32 {", "    self.0", "}"]);
    let outer = source.anchor("outer").unwrap().join("\n");
    assert!(!outer.contains("ANCHOR"), "{outer}");
    assert!(outer.starts_with("impl Key {\n    fn raw"), "{outer}");
    assert!(source.faults().is_empty());
}

#[test]
fn marks_are_known_in_the_comments_of_c_too() {
    let source = Source::parse("/* ANCHOR: send */\nint x;\n/* ANCHOR_END: send */\n");
    assert_eq!(source.anchor("send").unwrap(), ["int x;"]);
}

#[test]
fn talk_about_marks_is_not_a_mark() {
    let source = Source::parse("//! Write `// ANCHOR: name` above it.\nlet s = \"ANCHOR: x\";");
    assert_eq!(source.anchors().count(), 0);
    assert_eq!(source.whole().len(), 2);
}

#[test]
fn an_anchor_never_closed_is_a_fault() {
    let found = faults("// ANCHOR: a\nx\n");
    assert_eq!(found, ["1: anchor `a` is never closed: ANCHOR_END: a is missing"]);
}

#[test]
fn an_anchor_opened_twice_is_a_fault() {
    let found = faults("// ANCHOR: a\nx\n// ANCHOR_END: a\n// ANCHOR: a\n");
    assert_eq!(found, ["4: anchor `a` is there twice: it was opened on line 1 already"]);
}

#[test]
fn an_anchor_with_nothing_in_it_is_a_fault() {
    let found = faults("// ANCHOR: a\n\n// ANCHOR_END: a\n");
    assert_eq!(found, ["1: anchor `a` is empty"]);
}

#[test]
fn an_end_without_a_beginning_is_a_fault() {
    let found = faults("x\n// ANCHOR_END: a\n");
    assert_eq!(found, ["2: anchor `a` is closed but was never opened"]);
}
