//! Random texts that look a little like what they stand for, and a little like attacks.

use proptest::{collection::vec, prelude::*, sample::select, string::string_regex};

/// Pieces of host names, of URLs, and of what does not belong into either.
const PIECES: &[&str] = &[
    "example",
    "com",
    "xn--",
    "xn--bcher-kva",
    "xn--a",
    "shop",
    "a",
    "1",
    "0x7f",
    "192.0.2.1",
    "::1",
    "[",
    "]",
    ".",
    ".",
    ".",
    "..",
    "*",
    "*.",
    "-",
    "_",
    "/",
    "\\",
    "?",
    "#",
    "@",
    ":",
    ":443",
    "://",
    "https://",
    "http://",
    "%2e",
    "%00",
    " ",
    "\t",
    "\r\n",
    "\0",
    "\u{1b}[31m",
    "ß",
    "ü",
    "İ",
    "ς",
    "भारत",
    "例え",
    "。",
    "．",
    "／",
    "％",
    "＿",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "e\u{301}",
    "localhost",
    "127.0.0.1",
    "127.1",
    "1e400",
    "-1",
    "0",
    "30",
    "601",
    "NaN",
    "/etc/passwd",
    "api",
];

/// Text of pieces, of any characters, or of both.
pub(super) fn texts() -> impl Strategy<Value = String> {
    // Compiled once: a pattern that is used as a strategy itself is compiled for each text.
    let pattern = |pattern| string_regex(pattern).expect("a pattern");
    let piece = prop_oneof![
        6 => select(PIECES).prop_map(str::to_owned),
        2 => pattern("[a-zA-Z0-9.-]{1,12}"),
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        8 => vec(piece, 0..12).prop_map(|pieces| pieces.concat()),
        1 => vec(any::<char>(), 0..60).prop_map(String::from_iter),
        1 => pattern("[a-z]{1,70}(\\.[a-z0-9-]{1,70}){0,6}"),
    ]
}

/// As [`texts`], now and then with a password where a URL has it.
pub(super) fn with_password() -> impl Strategy<Value = String> {
    let around = |(before, after): (String, String)| format!("{before}me:hunter2@{after}");
    prop_oneof![2 => texts(), 1 => (texts(), texts()).prop_map(around)]
}
