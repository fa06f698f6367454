use super::*;

#[test]
fn every_number_but_one_is_a_key() {
    assert!(
        is_key(1234) && is_key(i32::MAX),
        "1234 and {} are good keys, and you refuse one of them",
        i32::MAX
    );
    assert!(
        is_key(-1) && is_key(i32::MIN),
        "you refuse a negative number: to the kernel a key is 32 bits, and the first of them is \
         a bit like the others"
    );
    assert!(
        !is_key(0),
        "you accept 0: that is IPC_PRIVATE, and each program that uses it gets a queue of its \
         own, which the other can never find"
    );
}

#[test]
fn shown_key_looks_as_in_the_list_of_ipcs() {
    let yours = shown(1234);
    assert!(
        yours != "1234",
        "this is decimal: ipcs shows keys in hexadecimal"
    );
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
    assert!(
        !yours.contains(|letter: char| letter.is_ascii_uppercase()),
        "ipcs prints small letters, and you print {yours}"
    );
    assert_eq!(
        yours, "0x000004d2",
        "1234 does not look as in the list of ipcs -q"
    );
    assert_eq!(
        shown(-1),
        "0xffffffff",
        "-1 does not look as in the list: print the bits of the number, not its sign"
    );
}
