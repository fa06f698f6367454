use super::*;
use nix::errno::Errno;
use practice::{alone, clear, errnos, is_there, yours};

#[path = "cleanup_close/busy.rs"]
mod busy;
use busy::{Busy, Event, Step};

/// What your function returns, and what it has handed out.
#[track_caller]
fn ask(mailbox: &Busy) -> (nix::Result<()>, Vec<Vec<u8>>) {
    let mut handed_out = Vec::new();
    let closed = yours("a mailbox in use", || close(mailbox, |text| handed_out.push(text)));
    assert!(
        !mailbox.in_vain.get(),
        "nothing is in the queue, and you wait for a message: once the door is shut none comes any more, \
         and your loop waits forever"
    );
    (closed, handed_out)
}

#[test]
fn nothing_is_lost() {
    alone(|room| {
        for count in [3, 0, 1, 100] {
            let mailbox = Busy::new(room, count);
            let (closed, handed_out) = ask(&mailbox);
            let gone = !is_there(room, mailbox.queue.id());
            clear(room);
            assert!(closed.is_ok(), "every step can be done, and your close returns {closed:?}");
            let accepted = mailbox.accepted.take();
            assert!(
                mailbox.has_made(Step::Shut),
                "you never shut the door: a message that somebody sent before the removal is lost, and \
                 its sender believes that all is well"
            );
            assert!(
                gone,
                "the queue is still there, with its door shut: it accepts nothing from anybody, forever. \
                 Nobody has removed it"
            );
            assert!(
                !handed_out.is_empty(),
                "{} messages were accepted, and none was handed out: what you do not take before the \
                 removal is removed, and what you take must go to `each`",
                accepted.len()
            );
            assert!(
                handed_out.len() != count || !mailbox.late.get(),
                "you empty the queue before you shut the door: a message has slipped in between, and was \
                 removed"
            );
            assert!(
                handed_out.len() > 1 || mailbox.taken.borrow().len() == 1,
                "the second message has no bytes, and you take it for the end: the queue is empty when \
                 there is no message at all"
            );
            assert!(
                handed_out.len() > 1 || accepted.len() == 1,
                "{} messages were accepted, and you hand out the first of them alone: take until there is \
                 none",
                accepted.len()
            );
            assert!(
                handed_out == accepted,
                "{} messages were accepted, and you hand out {}, or in another order",
                accepted.len(),
                handed_out.len()
            );
        }
    });
}

#[test]
fn close_ends_when_a_step_fails() {
    alone(|room| {
        let tried = Busy::new(room, 3);
        let (_, all) = ask(&tried);
        let shuts = tried.has_made(Step::Shut) && tried.has_made(Step::Remove);
        let empties = all == tried.accepted.take();
        clear(room);
        let gone = [Errno::EIDRM, Errno::EINVAL];
        let shut = errnos::at_steps(1, &errnos::CONTROL, &[]);
        let take = errnos::at_steps(4, &errnos::RECEIVE, &[Errno::ENOMSG]);
        let remove = errnos::at_steps(1, &errnos::CONTROL, &gone);
        let failures = (shut.map(|at| (Step::Shut, at)))
            .chain(take.map(|at| (Step::Take, at)))
            .chain(remove.map(|at| (Step::Remove, at)));
        for (step, (nth, errno)) in failures {
            let mailbox = Busy::new(room, 3).with(step, nth, Event::Fails(errno));
            let (closed, handed_out) = ask(&mailbox);
            let there = is_there(room, mailbox.queue.id());
            clear(room);
            // Another test has words for a close that leaves a step out.
            if !shuts || !mailbox.happened.get() {
                continue;
            }
            let what = match step {
                Step::Shut => "shutting the door",
                Step::Remove => "the removal",
                _ => "taking a message",
            };
            assert!(
                there,
                "{what} has failed ({errno:?}), and you removed the queue with the messages that were left: \
                 you go on as if the step had been made"
            );
            assert!(
                closed.is_err(),
                "{what} has failed ({errno:?}), and your close returns Ok: nobody has looked at what the \
                 step returned"
            );
            assert!(
                closed == Err(errno),
                "{what} has failed ({errno:?}), and your close returns {closed:?}: hand on what failed"
            );
            let taken = mailbox.taken.take();
            assert!(
                handed_out == taken || !empties,
                "{what} has failed ({errno:?}); {} messages had been taken out until then, and you have handed out \
                 {}: what was taken is nowhere else, so hand each on before the next step",
                taken.len(),
                handed_out.len()
            );
            let steps = mailbox.steps.take();
            assert!(
                steps.last() == Some(&step),
                "{what} has failed ({errno:?}), and that is the end of it: you go on with {:?}",
                steps.last()
            );
        }
    });
}

#[test]
fn removal_by_somebody_else_is_an_error_only_if_messages_went_with_it() {
    alone(|room| {
        for (step, nth, when) in [
            (Step::Shut, 1, "before the door was shut"),
            (Step::Take, 1, "with four messages in it"),
            (Step::Take, 2, "with three messages in it"),
        ] {
            let mailbox = Busy::new(room, 3).with(step, nth, Event::SomebodyRemoves);
            let (closed, _) = ask(&mailbox);
            clear(room);
            assert!(
                closed.is_err() || !mailbox.happened.get(),
                "somebody else removed the queue {when}, and your close returns Ok: those messages are lost, \
                 and you have to say so"
            );
        }
        for (event, errno) in
            [(Event::SomebodyRemoves, "EINVAL"), (Event::Fails(Errno::EIDRM), "EIDRM")]
        {
            let mailbox = Busy::new(room, 3).with(Step::Remove, 1, event);
            let (closed, _) = ask(&mailbox);
            clear(room);
            // Another order is the business of another test.
            let in_time = mailbox.steps.borrow().starts_with(&[Step::Shut, Step::Take]);
            assert!(
                closed.is_ok() || !mailbox.happened.get() || !in_time,
                "the box was shut and empty, and somebody else was quicker with the removal ({errno}): \
                 nothing is lost, the queue is gone as you wanted, and your close returns {closed:?}"
            );
        }
    });
}
