use super::*;
use practice::{Room, alone, check, clear};
use std::ffi::c_long;

#[path = "speed_predict/stopwatch.rs"]
mod stopwatch;
use stopwatch::{MANY, Measured, compare, queue_with, send, send_and_take, take};

#[test]
fn question_1_oldest() {
    alone(|room| {
        let (few, many) = (queue_with(room, 1, 3), queue_with(room, MANY, 3));
        let measured = compare(|| take(many, 0, 3), || take(few, 0, 3));
        clear(room);
        let why = "The messages are a list, and the oldest is its first: however many come after it, none is \
                   looked at.";
        check("question 1", OLDEST, measured.slower, &measured.explain(why));
    });
}

#[test]
fn question_2_by_type() {
    alone(|room| {
        let queue = queue_with(room, MANY, 3);
        send(queue, 7);
        let measured = compare(|| take(queue, 7, 7), || take(queue, 0, 3));
        clear(room);
        let why = "The list has no index by type: the kernel walks from the oldest on until it finds one, 16,000 \
                   steps. So messages for somebody who does not take them slow down everybody behind them.";
        check("question 2", BY_TYPE, measured.slower, &measured.explain(why));
    });
}

/// Taking the lowest type up to 5, and taking the oldest, if those have this type.
fn lowest_and_oldest(room: &Room, lowest: c_long) -> Measured {
    let queue = queue_with(room, 100, lowest);
    (100..MANY).for_each(|_| send(queue, 3));
    let other = queue_with(room, MANY, 3);
    let measured = compare(|| take(queue, -5, 3), || take(other, 0, 3));
    clear(room);
    measured
}

#[test]
fn question_3_lowest() {
    alone(|room| {
        let why = "The kernel cannot know that 2 is the lowest before it has seen all: one of type 1 may come at \
                   the end. It walks the whole list, each time.";
        let measured = lowest_and_oldest(room, 2);
        check("question 3", LOWEST, measured.slower, &measured.explain(why));
    });
}

#[test]
fn question_4_lowest_is_1() {
    alone(|room| {
        let why = "Nothing is lower than 1, so the walk ends where a 1 is found, here at its first step. Give the \
                   most urgent messages type 1.";
        let measured = lowest_and_oldest(room, 1);
        check("question 4", LOWEST_IS_1, measured.slower, &measured.explain(why));
    });
}

#[test]
fn question_5_sending() {
    alone(|room| {
        let (few, many) = (queue_with(room, 0, 3), queue_with(room, MANY, 3));
        let measured = compare(|| send_and_take(many), || send_and_take(few));
        clear(room);
        let why = "A new message is put at the end of the list, which the kernel knows, and the bytes are counted in \
                   a number: nothing is walked.";
        check("question 5", SENDING, measured.slower, &measured.explain(why));
    });
}

#[test]
fn question_6_large() {
    alone(|room| {
        let queue = queue_with(room, 0, 3);
        let bytes = [0; 8_192];
        let fit = (0..9).take_while(|_| practice::send(queue.id(), 1, &bytes).is_ok()).count();
        clear(room);
        let why = "Two fill it, so the third has to wait until one is taken out: sender and receiver wake each other \
                   for every message or two. Large messages are slow for that, and not because bytes are copied.";
        check("question 6", LARGE, fit, why);
    });
}
