use super::*;
use practice::edges::NUMBERS;
use practice::yours;

#[test]
fn every_number_but_one_is_a_key() {
    let is_key = |number| yours(format_args!("the number {number}"), || is_key(number));
    for number in NUMBERS.into_iter().chain([1234, 40_000]) {
        assert!(
            number <= 0 || is_key(number),
            "{number} is a good key, and you refuse it: only one number is not a key"
        );
    }
    for number in NUMBERS {
        assert!(
            number >= 0 || is_key(number),
            "you refuse a negative number: to the kernel a key is 32 bits, and the first of them is \
             a bit like the others"
        );
    }
    assert!(
        !is_key(0),
        "you accept 0: that is IPC_PRIVATE, and each program that uses it gets a queue of its \
         own, which the other can never find"
    );
}

#[test]
fn shown_key_looks_as_in_the_list_of_ipcs() {
    let shown = |key| yours(format_args!("the key {key}"), || shown(key));
    let yours = shown(1234);
    assert!(yours != "1234", "this is decimal: ipcs shows keys in hexadecimal");
    assert!(
        yours != "4d2",
        "the digits are right, but a reader cannot know that they are hexadecimal: 0x is missing"
    );
    assert!(
        yours != "0x4d2",
        "the zeroes are missing: ipcs shows all 32 bits of a key, which is eight digits"
    );
    assert!(
        yours != "0x0004d2",
        "two digits are missing: does your width of 8 count the 0x as well?"
    );
    assert!(yours != "0x000004D2", "ipcs prints small letters, and you print {yours}");
    assert!(
        yours == "0x000004d2",
        "1234 is 0x000004d2 in the list of ipcs -q, and you print {yours}"
    );
    for key in NUMBERS.into_iter().chain([0x0abc_def0, 0x7fff_0000]) {
        let (yours, right) = (shown(key), hexadecimal(key));
        let sign_lost = key < 0 && yours == hexadecimal(key.wrapping_neg()) && yours != right;
        assert!(
            !yours.contains('-') && !sign_lost,
            "{key} does not look as in the list: print the bits of the number, not its sign"
        );
        assert!(
            yours == right,
            "the key {key} is {right} in the list of ipcs -q, and you print {yours}: all 32 bits of \
             every key are shown, zeroes among them"
        );
    }
}

/// Digit by digit, from the highest.
fn hexadecimal(key: i32) -> String {
    let digits = (0..8).rev().map(|place| {
        let digit = (key >> (4 * place)) & 0xf;
        char::from(b"0123456789abcdef"[digit as usize])
    });
    "0x".chars().chain(digits).collect()
}
