//! Texts that would hide something on the screen, from the queue to the server's output.

use support::{Running, alone};
use sysv_mq::{MessageType, Sender};

use crate::programs::{READY, queue, server};

#[test]
fn text_with_something_invisible_does_not_look_like_exit() {
    alone(|room| {
        let hidden = [
            '\u{200b}',
            '\u{200f}',
            '\u{202e}',
            '\u{2066}',
            '\u{feff}',
            '\u{2028}',
            '\u{3164}',
            '\u{115f}',
            '\u{2800}',
            '\u{a0}',
            '\u{fe0f}',
            '\u{e0041}',
            '\u{e000}',
            '\u{ad}',
        ];
        let texts = hidden.map(|character| format!("exit{character}"));
        let shown = hidden.map(|character| format!("exit{}", character.escape_unicode()));
        assert_eq!(shown_by(room.key(), &[], &texts), shown);
    });
}

#[test]
fn space_at_the_end_does_not_look_like_nothing() {
    alone(|room| {
        let texts = ["exit ", " ", "two  ", " before"];
        let shown = [r"exit\u{20}", r"\u{20}", r"two \u{20}", " before"];
        assert_eq!(shown_by(room.key(), &[], &texts), shown);
    });
}

#[test]
fn pile_of_accents_is_spelt_out_after_the_fifth() {
    alone(|room| {
        let text = format!("a{}", "\u{301}".repeat(80));
        let shown = format!("a{}{}", "\u{301}".repeat(5), r"\u{301}".repeat(75));
        assert_eq!(shown_by(room.key(), &[], &[text]), [shown]);
    });
}

#[test]
fn texts_in_many_scripts_are_shown_as_they_are() {
    alone(|room| {
        let texts = ["grüße", "e\u{301}te\u{301}", "שלום", "สวัสดี", "हिन्दी", "한국어", "你好 🎉"];
        assert_eq!(shown_by(room.key(), &[], &texts), texts);
    });
}

#[test]
fn letters_are_spelt_in_ascii_where_the_locale_is_not_utf8() {
    alone(|room| {
        for (name, value) in [("LC_ALL", "C"), ("LC_CTYPE", "de_DE"), ("LANG", "de_DE.ISO-8859-1")]
        {
            let locale = [("LC_ALL", ""), ("LC_CTYPE", ""), ("LANG", ""), (name, value)];
            let shown = shown_by(room.key(), &locale, &["caf\u{e9}", "\u{41b}\u{431}"]);
            assert_eq!(shown, [r"caf\u{e9}", r"\u{41b}\u{431}"]);
        }
    });
}

/// How a server with this environment shows these texts.
#[track_caller]
fn shown_by(key: i32, locale: &[(&str, &str)], texts: &[impl AsRef<str>]) -> Vec<String> {
    let mut server = server(key);
    server.envs(locale.iter().copied());
    let mut server = Running::start(server);
    server.wait_for_line(READY);
    let mut sender = Sender::new(queue(key));
    let texts = texts.iter().map(AsRef::as_ref);
    for text in texts.chain(["exit"]) {
        let sent = sender.send(MessageType::ONE, text.as_bytes());
        sent.expect("the queue is there");
    }
    let lines = server.finish().success().lines();
    let lines = lines.iter();
    let shown = lines.filter_map(|line| line.strip_prefix("Server received: "));
    let mut shown: Vec<String> = shown.map(str::to_owned).collect();
    assert_eq!(shown.pop().as_deref(), Some("exit"));
    shown
}
