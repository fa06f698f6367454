//! The picture: complete, escaped, and shortened where there is much.

use simulator_page::{SHOWN, session};

use crate::{lacks, recorded, shows};

#[test]
fn text_of_a_session_never_becomes_markup() {
    let attack = "<script>alert(1)</script><img src=x onerror=\"alert(2)\" '>&amp;";
    let lines = format!(
        "create 1234\nsend 1 {attack}\nrecv\nsend 2 {attack}\n{attack}\n{attack}: send 1\nA: send 3 \"{attack}\"\nB: recv 9"
    );
    let picture = session(&lines).picture;
    shows(&picture, &["&lt;script&gt;alert(1)&lt;/script&gt;"]);
    lacks(&picture, &["<script", "<img", "&amp;amp;\""]);
}

#[test]
fn only_known_elements_are_in_it_and_each_is_closed() {
    for (name, lines) in recorded() {
        let picture = session(&lines).picture;
        let mut open = Vec::new();
        for tag in picture.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("a tag ends");
            let element = tag.split(' ').next().unwrap();
            match element.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}"),
                None => {
                    assert!(
                        ["div", "p", "ul", "ol", "li", "span", "q", "meter"].contains(&element),
                        "{name}: {element}"
                    );
                    open.push(element);
                }
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

#[test]
fn control_characters_are_not_in_it() {
    let picture = session("create 1\nsend 1 a\u{0}b\u{7}c\u{1b}[31md\u{202e}e").picture;
    shows(&picture, &["a\u{fffd}b\u{fffd}c\u{fffd}[31md\u{fffd}e"]);
}

#[test]
fn long_queue_is_shortened_and_counted() {
    let picture = session(&format!("create 1234\n{}", "send 1 x\n".repeat(SHOWN + 26))).picture;
    assert_eq!(picture.matches("sim-envelope").count(), SHOWN);
    let more = "<p class=\"sim-more\">and 26 more</p>";
    shows(&picture, &[more, "50 messages, 50 of 16384 bytes"]);
}

#[test]
fn queue_of_exactly_as_many_is_not_shortened() {
    let session = session(&format!("create 1234\n{}", "send 1 x\n".repeat(SHOWN)));
    lacks(&session.picture, &["sim-more"]);
}

#[test]
fn gauge_stays_within_its_bounds() {
    let picture = session("create 1234\nsend 1 *1000\nset qbytes 10").picture;
    let gauge = "max=\"10\" value=\"10\"";
    shows(&picture, &[gauge, "1 message, 1000 of 10 bytes"]);
}

#[test]
fn gauge_of_a_closed_queue_is_full() {
    for (lines, says) in [
        ("", "0 messages, nothing gets in (qbytes is 0)"),
        ("send 1 server", "1 message, 6 bytes, and nothing more gets in (qbytes is 0)"),
    ] {
        let picture = session(&format!("create 1234\n{lines}\nset qbytes 0")).picture;
        shows(&picture, &["sim-shut", "max=\"1\" value=\"1\"", says]);
    }
}

#[test]
fn keys_are_shown_as_they_are_known() {
    for (line, facts) in [
        ("create 1234", "key 1234,"),
        ("create 0xffffffff", "key 0xffffffff,"),
        ("create -2", "key 0xfffffffe,"),
        ("create 1342181504", "key 0x50001080,"),
        ("private", "no key,"),
    ] {
        let shown = format!("<span class=\"sim-facts\">{facts}");
        shows(&session(line).picture, &[&shown]);
    }
}

#[test]
fn sleepers_stand_on_the_side_of_their_first_call() {
    let session = session("create 1234\nA: send 1 hello\nA: recv\nA: recv 5\nB: recv 7");
    let (left, rest) = session.picture.split_once("sim-queues").unwrap();
    let (_, right) = rest.split_once("sim-right").unwrap();
    let a = "data-name=\"A\" data-queue=\"0\"";
    let got = "got type 1, 5 bytes <q class=\"sim-text\">hello</q>";
    shows(left, &[a, "asleep in msgrcv: wants type 5", got]);
    let b = "data-name=\"B\" data-queue=\"0\"";
    shows(right, &[b, "wants type 7"]);
}

#[test]
fn removed_queue_stays_current_and_is_gone() {
    let session = session("create 1234\nrm");
    assert_eq!(session.state.current, Some(0));
    let nothing = "<p class=\"sim-empty\">no queue</p>";
    shows(&session.picture, &[nothing, "current: id 0, no such queue"]);
}

#[test]
fn current_queue_that_is_nowhere_is_named_beside_those_that_are() {
    let picture = session("create 1234\nuse 5").picture;
    shows(&picture, &["current: id 5, no such queue"]);
    lacks(&picture, &["the current queue"]);
    let picture = session("create 1234\nuse 5\nuse 0").picture;
    lacks(&picture, &["no such queue"]);
}
