//! Errors, and signals before them.

use super::*;
use practice::{errnos, failing};

/// Whether your function calls again after one signal.
pub(super) fn calls_again(queue: Queue) -> bool {
    let is_send = |call| matches!(call, Call::Send(..));
    let sent = yours("a signal", || {
        failing(is_send, 1, Errno::EINTR, || {
            send_whatever_comes(&mut Sender::new(queue), b"hello\0")
        })
    });
    sent == Some(Ok(())) && practice::receive(queue.id()).is_some()
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let queue = queue(room);
        let again = calls_again(queue);
        // At the first call, and at the one that follows a signal.
        let meant = [Errno::EAGAIN, Errno::EINTR];
        for (nth, errno) in errnos::at_steps(2, &errnos::SEND, &meant) {
            let signal = nth == 2;
            let mut calls = 0;
            let hook = move |moment| match moment {
                Moment::Before(Call::Send(..)) => {
                    calls += 1;
                    match (calls, signal) {
                        (1, true) => Some(Errno::EINTR),
                        (1, false) | (2, true) => Some(errno),
                        _ => None,
                    }
                }
                _ => None,
            };
            let sent = yours("an error of msgsnd", || {
                between_calls(hook, || send_whatever_comes(&mut Sender::new(queue), b"hello\0"))
            });
            let arrived = practice::receive(queue.id()).is_some();
            if signal && !again {
                continue;
            }
            let when = if signal { " after a signal" } else { "" };
            assert!(
                !arrived,
                "msgsnd has failed{when} ({errno:?}), and you sent the message all the same: which \
                 error means that nothing is wrong?"
            );
            assert!(
                sent.is_err(),
                "msgsnd has failed{when} ({errno:?}), and you return Ok: the message is nowhere"
            );
            assert!(
                sent == Err(errno),
                "msgsnd has failed{when} ({errno:?}), and you return {sent:?}: hand it on as it is"
            );
        }
        practice::clear(room);
    });
}
