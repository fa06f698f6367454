//! What a message is: M3 and M4. (The model has no memory: M1 and M2 are the chapters' to show.)

use simulator::{Errno, IPC_NOWAIT};

use crate::on_a_queue;

#[test]
fn types_are_numbers_from_1_to_the_largest() {
    on_a_queue(|mut kernel, pid, id| {
        for mtype in [0, -1, i64::MIN] {
            assert_eq!(kernel.send(pid, id, mtype, "x"), Err(Errno::EINVAL));
        }
        for mtype in [1, 1 << 31, 1 << 32, i64::MAX] {
            assert_eq!(kernel.send(pid, id, mtype, "x"), Ok(()));
            assert_eq!(kernel.take(pid, id, 0), Ok((mtype, "x".to_owned())));
        }
    });
}

#[test]
fn type_alone_is_a_message() {
    on_a_queue(|mut kernel, pid, id| {
        assert_eq!(kernel.send(pid, id, 7, ""), Ok(()));
        assert_eq!(kernel.fill(id), (1, 0));
        assert_eq!(kernel.take_with(pid, id, 0, 0, 0), Ok((7, String::new())));
    });
}

#[test]
fn queue_is_full_after_64_arrays_of_256_bytes() {
    on_a_queue(|mut kernel, pid, id| {
        for _ in 0..64 {
            assert_eq!(kernel.send_bytes(pid, id, 256), Ok(()));
        }
        let one_more = kernel.msgsnd(pid, id, 1, b"x", IPC_NOWAIT);
        assert_eq!(one_more.done(), Err(Errno::EAGAIN));
    });
}
