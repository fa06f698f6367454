//! The tests that hand the kernel an address where nothing is, to see it say EFAULT. Valgrind and
//! AddressSanitizer look at the address first and call it an error of the program's, which for once
//! it is meant to be.

/// Their names within their programs.
pub(crate) const ON_PURPOSE: [&str; 4] = [
    "order::type_that_cannot_be_read_is_seen_first",
    "order::size_and_type_are_seen_before_the_bytes",
    "order::bytes_that_cannot_be_read_are_seen_before_the_id",
    "kernel::message_that_cannot_be_stored_is_lost",
];

/// What keeps a test program from running them.
pub(crate) fn skip() -> impl Iterator<Item = &'static str> {
    ON_PURPOSE.iter().flat_map(|test| ["--skip", test])
}
