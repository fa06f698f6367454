//! What the four calls can fail with: one table per call, used by all checks.
//!
//! Each error is tried at each step, and not one here and another there: what a reader's code does
//! with one of them says nothing about the others.

use nix::errno::Errno;

/// Errors of msgget(2).
pub const GET: [Errno; 5] =
    [Errno::EACCES, Errno::EEXIST, Errno::ENOENT, Errno::ENOMEM, Errno::ENOSPC];

/// Errors of msgsnd(2).
pub const SEND: [Errno; 7] = [
    Errno::EACCES,
    Errno::EAGAIN,
    Errno::EFAULT,
    Errno::EIDRM,
    Errno::EINTR,
    Errno::EINVAL,
    Errno::ENOMEM,
];

/// Errors of msgrcv(2).
pub const RECEIVE: [Errno; 8] = [
    Errno::E2BIG,
    Errno::EACCES,
    Errno::EFAULT,
    Errno::EIDRM,
    Errno::EINTR,
    Errno::EINVAL,
    Errno::ENOMEM,
    Errno::ENOMSG,
];

/// Errors of msgctl(2).
pub const CONTROL: [Errno; 5] =
    [Errno::EACCES, Errno::EIDRM, Errno::EINVAL, Errno::ENOMEM, Errno::EPERM];

/// Each of these errors at each step from 1 on, but for those that mean something of their own.
pub fn at_steps(
    steps: usize,
    errnos: &[Errno],
    meant: &[Errno],
) -> impl Iterator<Item = (usize, Errno)> {
    let others = errnos.iter().filter(|errno| !meant.contains(errno));
    let others: Vec<_> = others.copied().collect();
    (1..=steps).flat_map(move |step| others.clone().into_iter().map(move |errno| (step, errno)))
}

/// These errors, but for those that mean something of their own.
pub fn but(errnos: &[Errno], meant: &[Errno]) -> impl Iterator<Item = Errno> {
    at_steps(1, errnos, meant).map(|(_, errno)| errno)
}
