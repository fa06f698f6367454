use nix::errno::Errno;
use sysv_mq::{Key, MessageType, Mode, Queue, Receiver, Select, Sender, Status, remove, set_capacity};

pub(super) fn main() -> nix::Result<()> {
    // Several processes: above each call stands whose it is. Alone, a call that sleeps would sleep for ever.
    // shell
    let queue = Queue::create(Key::new(1234).unwrap(), Mode::S_IRUSR | Mode::S_IWUSR)?;

    // shell
    assert_eq!(Queue::create_new(Key::new(1234).unwrap(), Mode::S_IRUSR | Mode::S_IWUSR).unwrap_err(), Errno::EEXIST);

    // shell
    assert_eq!(Queue::create_new(Key::new(1234).unwrap(), Mode::S_IRUSR | Mode::S_IWUSR | Mode::S_IRGRP).unwrap_err(), Errno::EEXIST);

    // shell
    let queue = Queue::open(Key::new(1234).unwrap())?;

    // shell
    assert_eq!(Queue::open(Key::new(77).unwrap()).unwrap_err(), Errno::ENOENT);

    // shell
    let queue = Queue::private(Mode::empty())?;

    // shell
    // Key::new(0) is None: 0 is IPC_PRIVATE, which has a name of its own here.
    let queue = Queue::private(Mode::from_bits_truncate(0o622))?;

    // shell
    // Key::new(0) is None: 0 is IPC_PRIVATE, which has a name of its own here.
    let queue = Queue::private(Mode::empty())?;
    let queue = Queue::from_id(0);

    // shell
    let status = Status::of(queue)?;

    // S1
    Sender::new(queue).send(MessageType::new(3).unwrap(), b"hello")?;

    // S1
    Sender::new(queue).try_send(MessageType::ONE, b"with \\ and \"\" in it")?;

    // S1
    Sender::new(queue).send(MessageType::new(2).unwrap(), "grüße".as_bytes())?;

    // S1
    Sender::new(queue).send(MessageType::new(4).unwrap(), "a\u{9}tab".as_bytes())?;

    // S1
    Sender::new(queue).send(MessageType::ONE, &[b'x'; 8192])?;

    // S1
    assert_eq!(Sender::new(queue).send(MessageType::ONE, &[b'x'; 8193]).unwrap_err(), Errno::EINVAL);

    // S1
    // Not in Rust: a MessageType is at least 1. In C:
    //     m.type = 0;
    //     memcpy(m.text, "nothing", 7);
    //     msgsnd(id, &m, 7, 0);

    // S1
    Sender::new(queue).send(MessageType::new(9223372036854775807).unwrap(), b"")?;

    // S1
    assert_eq!(Sender::new(queue).try_send(MessageType::ONE, &[b'x'; 8192]).unwrap_err(), Errno::EAGAIN);

    // R1
    assert!(Receiver::new(queue).try_recv(Select::Exactly(MessageType::new(9).unwrap()))?.is_none());

    // R1
    Receiver::new(queue).recv(Select::UpTo(MessageType::new(2).unwrap()))?;

    // R1
    Receiver::new(queue).try_recv(Select::Exactly(MessageType::new(3).unwrap()))?;

    // R1
    Receiver::new(queue).try_recv(Select::AllBut(MessageType::ONE))?;

    // R1
    Receiver::new(queue).peek(0)?;

    // R1
    assert!(Receiver::new(queue).peek(7)?.is_none());

    // R1
    // Not in Rust: peek never waits, and the kernel copies for those alone who do not. In C:
    //     msgrcv(id, &m, 8192, 0, MSG_COPY);

    // R1
    // Not in Rust: a place in the queue is not negative. In C:
    //     msgrcv(id, &m, 8192, -1, IPC_NOWAIT | MSG_COPY);

    // R1
    // Not in Rust: peek takes a place in the queue and no type. In C:
    //     msgrcv(id, &m, 8192, 5, IPC_NOWAIT | MSG_EXCEPT | MSG_COPY);

    // R1
    // Not in Rust: AllBut wants a type, and without one the kernel ignores MSG_EXCEPT. In C:
    //     msgrcv(id, &m, 8192, -5, IPC_NOWAIT | MSG_EXCEPT);

    // R1
    // Not in Rust: a Receiver has no size, it makes room for any message and never cuts one. In C:
    //     msgrcv(id, &m, 10, 1, 0);

    // R2
    // Not in Rust: a Receiver has no size, it makes room for any message and never cuts one. In C:
    //     msgrcv(id, &m, 10, 1, MSG_NOERROR);

    // shell
    set_capacity(queue, 100)?;

    // shell
    // Not in Rust: set_capacity refuses more than i32::MAX: the kernel would keep the low 32 bits only. In C:
    //     msgctl(id, IPC_STAT, &status);
    //     status.msg_qbytes = 4294967396;
    //     msgctl(id, IPC_SET, &status);

    // shell
    // Not in Rust: of these, the book's crates change the capacity alone. In C:
    //     msgctl(id, IPC_STAT, &status);
    //     status.msg_perm.mode = 0622;
    //     msgctl(id, IPC_SET, &status);

    // shell
    set_capacity(queue, 0)?;

    // S1
    assert_eq!(Sender::new(queue).try_send(MessageType::ONE, b"").unwrap_err(), Errno::EAGAIN);

    // shell
    remove(queue)?;

    // shell
    assert_eq!(Status::of(queue).unwrap_err(), Errno::EINVAL);

    // S1
    assert_eq!(Sender::new(queue).send(MessageType::ONE, b"").unwrap_err(), Errno::EINVAL);

    // R1
    assert_eq!(Receiver::new(queue).recv(Select::Any).unwrap_err(), Errno::EINVAL);

    // shell
    assert_eq!(set_capacity(queue, 1).unwrap_err(), Errno::EINVAL);

    // shell
    assert_eq!(remove(queue).unwrap_err(), Errno::EINVAL);
    Ok(())
}
