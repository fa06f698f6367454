use sysv_mq::{Errno, Gid, Key, MessageType, Mode, Queue, Receiver, Select, Sender, Settings, Status, Uid, remove, set_capacity};

pub(super) fn main() -> nix::Result<()> {
    // Above each call stands whose it is: these are several processes.
    // A single one would sleep for ever where a call sleeps.

    // shell
    Queue::create(Key::new(1234).unwrap(), Mode::S_IRUSR | Mode::S_IWUSR)?;

    // shell
    assert_eq!(Queue::create_new(Key::new(1234).unwrap(), Mode::S_IRUSR | Mode::S_IWUSR).unwrap_err(), Errno::EEXIST);

    // shell
    assert_eq!(Queue::create_new(Key::new(1234).unwrap(), Mode::S_IRUSR | Mode::S_IWUSR | Mode::S_IRGRP).unwrap_err(), Errno::EEXIST);

    // shell
    Queue::open(Key::new(1234).unwrap())?;

    // shell
    assert_eq!(Queue::open(Key::new(77).unwrap()).unwrap_err(), Errno::ENOENT);

    // shell
    Queue::private(Mode::empty())?;

    // shell
    // Key::new(0) is None: IPC_PRIVATE has a name of its own here.
    Queue::private(Mode::from_bits_truncate(0o622))?;

    // shell
    // Key::new(0) is None: IPC_PRIVATE has a name of its own here.
    Queue::private(Mode::empty())?;
    let queue = Queue::from_id(0);

    // shell
    println!("{:?}", Status::of(queue)?);

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
    // Not in this book's crates: a MessageType is at least 1.

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
    // Not in this book's crates: a peek never waits.

    // R1
    // Not in this book's crates: the places in a queue begin with 0.

    // R1
    // Not in this book's crates: a peek takes a place and no type.

    // R1
    // Not in this book's crates: AllBut takes a type, which is at least 1.

    // R1
    // Not in this book's crates: a Receiver has room for any message.

    // R2
    // Not in this book's crates either.

    // R3
    // Not in this book's crates either.

    // shell
    set_capacity(queue, 100)?;

    // shell
    // Not in this book's crates: no capacity is above i32::MAX.

    // shell
    Settings::new().mode(Mode::from_bits_truncate(0o622)).apply(queue)?;

    // shell
    Settings::new().owner(Uid::from_raw(0)).group(Gid::from_raw(0)).mode(Mode::S_IRUSR | Mode::S_IWUSR | Mode::S_IRGRP).opening(200).apply(queue)?;

    // shell
    set_capacity(queue, 0)?;

    // shell
    Settings::new().group(Gid::from_raw(0)).opening(90).apply(queue)?;

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
