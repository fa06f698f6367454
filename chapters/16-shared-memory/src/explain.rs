//! What is meant by an errno here, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong with a ring, and what to do about it.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::ENOENT => "there is no ring of this name; is the server running? Start it first",
        Errno::EEXIST => "there is a ring of this name already; choose another, or remove it",
        Errno::EACCES | Errno::EPERM => {
            "the memory belongs to another user, or others can write to it, or change its size; ask its owner, or choose another name"
        }
        Errno::EAGAIN => "the ring is full, or is being made at this moment; try again",
        Errno::EBUSY => {
            "another process is at it, and has not finished; end the other server, or continue what has been stopped"
        }
        Errno::EBADMSG => {
            "the memory does not hold what a ring holds; somebody has written something else there; remove it (/dev/shm) and start again"
        }
        Errno::EPROTONOSUPPORT => {
            "the ring was made by another version of this program, or with another C library; remove it (/dev/shm) and start again"
        }
        Errno::EPIPE => "the ring is closed, so the server has stopped",
        Errno::EMSGSIZE => "the message is longer than the ring allows",
        Errno::ETIMEDOUT => "the ring was full all the time; look whether the server runs",
        Errno::ENOSPC => {
            "there is no memory left for so much (/dev/shm is full); remove what nobody needs there, or ask for less"
        }
        Errno::ENOSYS => {
            "this system keeps no shared memory: there is no /dev/shm; mount a tmpfs there"
        }
        Errno::EFBIG => {
            "the limit of file sizes holds for shared memory too; raise it (ulimit -f), or ask for less"
        }
        Errno::EINVAL => {
            "this is not a name: it begins with /, and up to 254 bytes follow, without another /"
        }
        Errno::ENAMETOOLONG => "the name is too long; after the / it may have 254 bytes",
        other => other.desc(),
    }
}
