//! Whatever the text, there is an answer.

use proptest::prelude::*;
use serde_json::Value;
use simulator_page::{MOST_STEPS, session, session_json};

use crate::shows;

/// Words of the language and things that are none.
const KNOWN: &str = r##"
    create open private use send recv stat set rm interrupt uid gid limit msgmax msgmnb msgmni
    qbytes mode size excl nowait except noerror copy A: B: S1: R1: shell: *8000 *65536 *65537
    * " # : 0x -
"##;

fn word() -> impl Strategy<Value = String> {
    let known = KNOWN.split_ascii_whitespace().chain(["\"a b\""]);
    let known = proptest::sample::select(known.collect::<Vec<_>>());
    prop_oneof![
        8 => known.prop_map(String::from),
        4 => (-3..20_i64).prop_map(|number| number.to_string()),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => any::<String>(),
    ]
}

fn nonsense() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(word(), 0..7).prop_map(|words| words.join(" "));
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

/// Lines that are understood nearly always, so that sessions get somewhere.
fn sense() -> impl Strategy<Value = String> {
    let by = proptest::sample::select(vec!["", "", "A: ", "B: ", "C: "]);
    let key = proptest::sample::select(vec![0, 1, 2]);
    let small = -3..4_i64;
    let size = proptest::sample::select(vec![0_u64, 1, 5, 90, 8000, 65536]);
    let flags = proptest::sample::select(vec![
        "",
        "nowait",
        "except",
        "noerror",
        "copy nowait",
        "size 3",
        "size 0 noerror nowait",
    ]);
    let line =
        (by, key, small, size, flags, 0..16).prop_map(|(by, key, small, size, flags, which)| {
            match which {
                0 => format!("{by}create {key} mode 666"),
                1 => format!("{by}open {key}"),
                2 => format!("{by}rm"),
                3..6 => format!("{by}send {small} *{size}"),
                6 => format!("{by}send {small} *{size} nowait"),
                7..10 => format!("{by}recv {small} {flags}"),
                10 => format!("{by}set qbytes {size}"),
                11 => format!("{by}set mode 6{0}{0} uid {1}", key, size % 7),
                12 => format!("A: uid {}", size % 7),
                13 => "B: interrupt".to_string(),
                14 => format!("limit msgmax {size}"),
                _ => format!("limit msgmni {}", key + 1),
            }
        });
    prop::collection::vec(line, 0..60)
        .prop_map(|lines| format!("create 1 mode 666\n{}", lines.join("\n")))
}

fn check(text: &str) {
    let played = session(text);
    assert!(played.steps.len() <= MOST_STEPS + 1);
    let read: Value = serde_json::from_str(&session_json(text)).expect("the answer is JSON");
    assert_eq!(read["steps"].as_array().map(Vec::len), Some(played.steps.len()));
    for step in &played.steps {
        assert!(!step.told.is_empty() && !step.told[0].is_empty(), "{}", step.line);
        assert!(step.understood || step.call.is_none(), "{}", step.line);
    }
    for queue in &played.state.queues {
        assert!(queue.messages.len() as u64 <= queue.qnum);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nonsense_is_answered(text in nonsense()) {
        check(&text);
    }

    #[test]
    fn sense_is_answered(text in sense()) {
        check(&text);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&text);
    }
}

#[test]
fn endless_line_is_answered_with_a_sentence() {
    let session = session(&format!("create 1\nsend 1 {}", "x".repeat(3_000_000)));
    assert!(!session.steps[1].understood);
    shows(&session.steps[1].told[0], &["1000 bytes"]);
    assert!(session.steps[1].line.len() < 2000);
}

#[test]
fn largest_session_is_answered() {
    let lines = "limit msgmax 65536\nlimit msgmnb 2147483647\ncreate 1\n".to_string()
        + &"send 1 *65536\n".repeat(MOST_STEPS);
    let session = session(&lines);
    assert_eq!(session.state.queues[0].qnum, MOST_STEPS as u64 - 3);
}

#[test]
fn as_many_sleepers_as_steps_are_answered() {
    let session = session(&("create 1\n".to_string() + &"recv\n".repeat(MOST_STEPS - 1)));
    assert_eq!(session.state.processes.len(), MOST_STEPS);
}
