//! The harness's seccomp filter.

pub(crate) use support::filter::{deny, deny_flag, with};
