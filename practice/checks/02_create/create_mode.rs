use super::*;
use nix::errno::Errno;
use practice::{
    Call, Moment, alone, as_ordinary_user, between_calls, clear, count, entry, errnos, failing,
    key, send, yours,
};

/// The mode of the team's mailbox.
const MODE: u32 = 0o620;

fn call(key: Key) -> nix::Result<Queue> {
    yours(format_args!("the key {key}"), || team_mailbox(key))
}

#[track_caller]
fn look_at_mode(perms: u32) {
    assert!(
        perms != 0o666,
        "the mode is 666: everybody on this machine may read and write. The umask has no say \
         here, the mode is taken as it is given"
    );
    assert!(
        perms != 0o154,
        "the mode is 154: 620 was written in decimal, and a mode has octal digits"
    );
    assert!(
        perms & 0o111 == 0,
        "the mode is {perms:o}: a bit for executing is set, and for a queue it means nothing"
    );
    assert!(perms & 0o004 == 0, "the mode is {perms:o}: others may read what the team writes");
    assert!(perms & 0o002 == 0, "the mode is {perms:o}: others may write into the mailbox");
    assert!(
        perms & 0o040 == 0,
        "the mode is {perms:o}: the group may read, and take messages away that are not theirs"
    );
    assert!(
        perms & 0o020 != 0,
        "the mode is {perms:o}: the group cannot write into its own mailbox"
    );
    assert!(
        perms & 0o600 == 0o600,
        "the mode is {perms:o}: the owner must be able to read and write"
    );
}

#[test]
fn mode_lets_the_team_write_and_nobody_else() {
    alone(|room| {
        for ordinary in [false, true] {
            let key = key(room);
            let made = if ordinary { as_ordinary_user(|| call(key)) } else { call(key) };
            let queue = match made {
                Ok(queue) => queue,
                Err(errno) => panic!(
                    "the key {key} is free, and there is no mailbox: {errno} (as an ordinary user: \
                     {ordinary})"
                ),
            };
            room.watch(queue.id());
            let Some(entry) = entry(room, queue.id()) else {
                panic!("you return a queue that the kernel does not list: {queue:?}");
            };
            look_at_mode(entry.perms);
            assert!(
                entry.key == key.raw(),
                "the team looks for its mailbox under {key}, and yours has the key {:#x}",
                entry.key
            );
            assert!(
                room.queues().len() == 1,
                "one mailbox was asked for, and you have made more queues: nobody removes those"
            );
            clear(room);
        }
    });
}

#[test]
fn queue_that_is_there_is_not_taken_for_the_teams() {
    alone(|room| {
        for mode in [0o666, 0o600, 0o000] {
            let key = key(room);
            let before = Queue::create_new(key, Mode::from_bits_truncate(mode));
            let before = before.expect("a key that is free");
            send(before.id(), 1, b"waiting").into_iter().for_each(drop);
            let waiting = count(room, before.id());
            let made = call(key);
            made.iter().for_each(|queue| room.watch(queue.id()));
            assert!(
                count(room, before.id()) == waiting,
                "there was a queue with this key, and now it is gone, or its messages are: it was \
                 somebody else's"
            );
            let perms = made.ok().and_then(|queue| entry(room, queue.id()));
            let perms = perms.map_or(MODE, |entry| entry.perms);
            assert!(
                perms == MODE,
                "somebody has made a queue of mode {mode:03o} with this key, and you return it: its \
                 mode stays as it is, {perms:03o}. Make a new queue, or return the error"
            );
            assert!(
                made.is_ok() || made == Err(Errno::EEXIST),
                "there is a queue with this key (EEXIST), and you return {made:?}"
            );
            clear(room);
        }
    });
}

#[test]
fn queue_made_a_moment_before_is_not_taken_for_the_teams() {
    alone(|room| {
        let key = key(room);
        let mut quicker = Some(move || Queue::create_new(key, Mode::from_bits_truncate(0o666)));
        let hook = move |moment| {
            if let Moment::Before(Call::Get(_, flags)) = moment {
                if flags & libc::IPC_CREAT != 0 {
                    quicker.take().into_iter().for_each(|make| _ = make());
                }
            }
            None
        };
        let made = between_calls(hook, || call(key));
        let perms = made.ok().and_then(|queue| entry(room, queue.id()));
        assert!(
            perms.is_none_or(|entry| entry.perms == MODE),
            "there was no queue when you looked, and when you made it somebody had been quicker: you \
             return theirs, of mode 666. One call must both make the queue and refuse what is there"
        );
        clear(room);
    });
}

#[test]
fn error_of_msgget_is_returned() {
    alone(|room| {
        for errno in errnos::but(&errnos::GET, &[Errno::EEXIST]) {
            for nth in 1..=2 {
                let key = key(room);
                let which =
                    |call| matches!(call, Call::Get(_, flags) if flags & libc::IPC_CREAT != 0);
                let asked = failing(which, nth, errno, || call(key));
                clear(room);
                assert!(
                    asked.is_none_or(|asked| asked == Err(errno)),
                    "msgget fails with {errno:?}, and you return {asked:?}: the error of the call is \
                     yours to pass on"
                );
            }
        }
    });
}
