//! The edges of what a function may be given: one table per kind of parameter.
//!
//! Each edge has words that fit after "a text with", "a message of" or "the number", so that a
//! check can name what its reader's function stumbled over.

/// A value at an edge, and what it is in words.
pub type Edge<T> = (String, T);

/// Texts: after "a text with".
pub fn texts() -> Vec<Edge<String>> {
    let mut texts = vec![
        edge("0 bytes", ""),
        edge("1 byte", "x"),
        edge("255 bytes", "x".repeat(255)),
        edge("256 bytes", "x".repeat(256)),
        edge("300 bytes", "x".repeat(300)),
        edge("a NUL inside", "before\0after"),
        edge("a NUL at the end", "text\0"),
        edge("several NULs at the end", "text\0\0\0"),
        edge("a NUL and nothing else", "\0"),
        edge("blanks at both ends", " \t text \t "),
        edge("blanks and nothing else", "   "),
        edge("line breaks at both ends", "\r\ntext\r\n"),
        edge("a line break inside", "one\ntwo"),
        edge("letters that need two to four bytes", "Grüße, 手紙, 📮"),
        edge("a replacement character of its own", "\u{fffd}"),
        edge("quotes and backslashes", r#"say "\n", 'no'"#),
    ];
    texts.extend(controls().into_iter().map(|control| {
        let code = u32::from(control);
        edge(&format!("the control character U+{code:04X}"), format!("a{control}z"))
    }));
    let like_exit = like_exit().into_iter();
    texts.extend(like_exit.map(|text| edge(&format!("the words {text:?}"), text)));
    texts
}

/// Texts as bytes: those of [`texts`], and some that are not UTF-8.
pub fn bytes() -> Vec<Edge<Vec<u8>>> {
    let valid = texts().into_iter().map(|(what, text)| (what, text.into()));
    let invalid = [
        ("a byte that is not UTF-8", &b"Gr\xfc\xdfe"[..]),
        ("a letter cut in two at the end", b"Gr\xc3"),
        ("nothing but bytes of 0xff", &[0xff; 16]),
    ];
    let invalid = invalid.map(|(what, bytes)| edge(what, bytes));
    valid.chain(invalid).collect()
}

/// Control characters of every range: C0, DEL, and C1 (U+0080 to U+009F).
pub fn controls() -> Vec<char> {
    let ranges = ['\u{1}'..='\u{1f}', '\u{7f}'..='\u{7f}', '\u{80}'..='\u{9f}'];
    ranges.into_iter().flatten().collect()
}

/// Texts that resemble `exit` and are not it, as long as the text ends at the message's end.
pub fn like_exit() -> [&'static str; 9] {
    ["exit ", " exit", "EXIT", "Exit", "exit the house", "exits", "an exit", "exi", "\"exit\""]
}

/// Numbers of 32 bits that are not 0, and 0.
pub const NUMBERS: [i32; 8] = [0, 1, -1, 2, i32::MAX, i32::MIN, i32::MAX - 1, i32::MIN + 1];

/// Numbers of 64 bits: those of 32 bits and what does not fit into them.
pub fn wide_numbers() -> Vec<i64> {
    let wide = [1 << 31, 1 << 32, (1 << 32) + 1, i64::MAX, i64::MIN];
    NUMBERS.map(i64::from).into_iter().chain(wide).collect()
}

/// Texts that are a number between 0 and `i32::MAX`, and that number.
pub const NUMBER_TEXTS: [(&str, i32); 4] =
    [("0", 0), ("1", 1), ("32768", 32768), ("2147483647", i32::MAX)];

/// Texts that are not a number between 0 and `i32::MAX`.
pub const NOT_NUMBER_TEXTS: [&str; 22] = [
    "",
    "\n",
    " ",
    "seven",
    "7 8",
    "7\n8",
    "7x",
    "0x7",
    "7.0",
    "1e3",
    "1_000",
    "--7",
    "\0",
    "7\0",
    "²",
    "٧",
    "2147483648",
    "4294967295",
    "4294967296",
    "4294967303",
    "9223372036854775808",
    "99999999999999999999999999999999",
];

/// Numbers below 0 as text.
pub const NEGATIVE_TEXTS: [&str; 4] = ["-1", "-7", "-2147483648", "-2147483649"];

/// Messages: after "a message of". Lengths around `room`, and above every usual limit.
pub fn lengths(room: usize) -> Vec<usize> {
    let around = room.saturating_sub(1)..=room + 9;
    [0, 1].into_iter().chain(around).chain([8191, 8192]).collect()
}

/// Longer than `msgmax` and `msgmnb` usually are; both have to be raised first, in a namespace.
pub const LONG: [usize; 3] = [8193, 20_000, 65_537];

fn edge<T>(what: &str, value: impl Into<T>) -> Edge<T> {
    (what.to_owned(), value.into())
}
