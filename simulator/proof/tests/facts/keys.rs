//! Keys: K1.

use simulator::{Errno, IPC_CREAT, IPC_EXCL, IPC_PRIVATE};

use crate::on_both;

#[test]
fn key_0_makes_another_queue_each_time() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        let flags = [0o600, IPC_CREAT | 0o600, IPC_CREAT | IPC_EXCL | 0o600];
        let ids = flags.map(|flags| kernel.msgget(pid, IPC_PRIVATE, flags).expect("it is no key"));
        assert_eq!(kernel.ids(), ids, "three of them");
        for id in ids {
            assert_eq!(kernel.observe(id).map(|status| status.key), Some(0));
        }
    });
}

#[test]
fn every_number_but_0_is_a_key() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        for key in [1, 1234, -1, i32::MIN, i32::MAX] {
            assert_eq!(kernel.msgget(pid, key, 0), Err(Errno::ENOENT));
            let id = kernel.keyed(pid, key, 0o600);
            assert_eq!(kernel.msgget(pid, key, 0), Ok(id));
            assert_eq!(kernel.stat(pid, id).map(|status| status.key), Ok(key));
        }
    });
}
