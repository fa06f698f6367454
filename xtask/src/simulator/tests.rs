use super::*;

/// A stand-in for the model: the queue holds what was typed, and `bogus` is not understood.
fn play(text: &str) -> Session {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let step = |line: &&str| simulator_page::Step {
        line: (*line).into(),
        understood: *line != "bogus",
        told: match *line {
            "bogus" => vec!["no such command".into()],
            line => vec![format!("<{line}> is done."), "R1 wakes.".into()],
        },
        call: None,
        woken: Vec::new(),
        c: String::new(),
        rust: String::new(),
    };
    Session {
        steps: lines.iter().map(step).collect(),
        picture: format!("<div>\n\n<p>{} lines</p>\n</div>", lines.len()),
        ..simulator_page::session("")
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn html(text: &str) -> String {
    component(&lines(text), &play).unwrap().html
}

/// What is wrong with a block, each with its line.
fn faults(text: &str) -> Vec<(usize, String)> {
    let faults = component(&lines(text), &play).unwrap_err();
    let told = faults.into_iter().map(|fault| (fault.line, fault.reason));
    told.collect()
}

#[track_caller]
fn one(text: &str, line: usize, expected: &str) {
    match faults(text).as_slice() {
        [(at, reason)] if *at == line => assert!(reason.contains(expected), "{reason}"),
        others => panic!("one fault in line {line} expected, not {others:?}"),
    }
}

const WAIT: &str = "id: wait\ntitle: The wait in `msgsnd`\ncreate 1234\n\n? Who is `first`,\n? A or B?\n\
                    # the long one\nA: send 1 \"*8\"\nB: send 1\n= B, if 3 < 8.\n";

#[test]
fn scene_asks_first_and_folds_what_happens() {
    let expected = "<section class=\"sim\" id=\"sim-wait\" aria-label=\"Simulator: The wait in msgsnd\" \
        data-setup=\"create 1234\" data-steps=\"A: send 1 &quot;*8&quot;&#10;B: send 1\">\n\
        <p class=\"sim-title\">The wait in <code>msgsnd</code></p>\n\
        <p class=\"sim-question\">Who is <code>first</code>, A or B?</p>\n\
        <p class=\"sim-setup\"><span>Already done:</span> <code>create 1234</code></p>\n\
        <div class=\"sim-fallback\">\n<div>\n<p>1 lines</p>\n</div>\n\
        <details class=\"sim-fold\">\n<summary>What happens, step by step</summary>\n\
        <ol class=\"sim-told\">\n\
        <li><code>A: send 1 \"*8\"</code> <p>&lt;A: send 1 \"*8\"&gt; is done.</p><p>R1 wakes.</p></li>\n\
        <li><code>B: send 1</code> <p>&lt;B: send 1&gt; is done.</p><p>R1 wakes.</p></li>\n\
        </ol>\n<div>\n<p>3 lines</p>\n</div>\n\
        <p class=\"sim-answer\">B, if 3 &lt; 8.</p>\n</details>\n</div>\n</section>";
    assert_eq!(html(WAIT), expected);
}

#[test]
fn scene_that_asks_nothing_shows_everything() {
    let html = html("id: a\ntitle: A\ncreate 1\n---\nsend 1\n");
    assert!(!html.contains("<details"), "{html}");
    assert!(html.contains("data-steps=\"send 1\""), "{html}");
    assert!(html.contains("<li><code>send 1</code>"), "{html}");
    assert!(html.contains("<p>2 lines</p>"), "{html}");
}

#[test]
fn without_steps_it_is_open_for_play() {
    let html = html("id: play\ntitle: Play\ncreate 1234\n");
    assert!(html.contains("data-steps=\"\""), "{html}");
    assert!(html.contains("<p>1 lines</p>"), "{html}");
    assert!(html.contains("this is a queue to play with"), "{html}");
}

#[test]
fn nothing_in_a_component_ends_it_for_markdown() {
    for line in html(WAIT).lines() {
        assert!(!line.trim().is_empty());
    }
}

#[test]
fn block_without_a_name_is_reported() {
    one("title: A\ncreate 1\n", 2, "begins with its name: `id:");
    one("id: a\ncreate 1\n", 2, "has a title");
    one("id: A b\ntitle: A\n", 1, "small letters, digits and hyphens");
    one("id: a\ntitle:\n", 2, "the title is empty");
    one("id: a\ntitle: A\nid: b\n", 3, "one `id: `");
    assert_eq!(faults("").len(), 2);
}

#[test]
fn a_question_and_its_answer_belong_together() {
    one("id: a\ntitle: A\n? Who?\nsend 1\n", 4, "the question has no answer");
    one("id: a\ntitle: A\nsend 1\n= B\n", 4, "belongs to a question");
    one("id: a\ntitle: A\n? Who?\n= B\n", 4, "no steps below the question");
    one("id: a\ntitle: A\n? Who?\nsend 1\n? Who else?\nsend 2\n= B\n", 5, "before the first step");
    one("id: a\ntitle: A\n? Who?\nsend 1\n= B\nsend 2\n", 6, "no step stands behind it");
}

#[test]
fn line_that_the_simulator_does_not_understand_is_reported() {
    one("id: a\ntitle: A\nbogus\n", 3, "`bogus`: no such command");
    one("id: a\ntitle: A\n? Who?\n\nsend 1\nbogus\n= B\n", 6, "`bogus`: no such command");
}
