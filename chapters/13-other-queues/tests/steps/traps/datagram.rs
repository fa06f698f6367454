//! Datagrams to a socket with a path: nobody there, and nobody reading.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::net::UnixDatagram;

use nix::errno::Errno;
use support::this_thread;

use crate::alone;

fn errno(result: std::io::Result<usize>) -> Errno {
    Errno::try_from(result.expect_err("it cannot be sent")).expect("the kernel says so")
}

#[test]
fn path_without_a_socket_is_enoent_and_one_without_its_program_econnrefused() {
    alone(|_| {
        let path = std::env::temp_dir().join(format!("ch13-datagram-{}", this_thread()));
        let sender = UnixDatagram::unbound().expect("there may be one");
        assert_eq!(errno(sender.send_to(b"hello", &path)), Errno::ENOENT);
        drop(UnixDatagram::bind(&path).expect("the path is new"));
        assert_eq!(errno(sender.send_to(b"hello", &path)), Errno::ECONNREFUSED);
        fs::remove_file(path).expect("it is ours");
    });
}

#[test]
fn socket_with_a_path_takes_max_dgram_qlen_and_one_from_senders_it_does_not_know() {
    alone(|_| {
        let path = std::env::temp_dir().join(format!("ch13-full-{}", this_thread()));
        let _receiver = UnixDatagram::bind(&path).expect("the path is new");
        let sender = UnixDatagram::unbound().expect("there may be one");
        sender.set_nonblocking(true).expect("it is a socket");
        let mut count = 0;
        let full = loop {
            match sender.send_to(b"x", &path) {
                Ok(_) => count += 1,
                Err(error) => break error.kind(),
            }
        };
        fs::remove_file(path).expect("it is ours");
        assert_eq!(full, ErrorKind::WouldBlock);
        // It is the network namespace's. Where it is not to be read, the kernel's default holds.
        let limit = fs::read_to_string("/proc/sys/net/unix/max_dgram_qlen");
        let limit: usize = limit.map_or(10, |text| text.trim().parse().expect("it is a number"));
        assert_eq!(count, limit + 1);
    });
}
