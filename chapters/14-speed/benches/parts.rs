//! The single calls once more, as `criterion` measures them: `cargo bench -p ch14-speed`.

use std::hint::black_box;

use ch02_create::{Mode, Queue};
use ch03_structure::{Envelope, MessageType};
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{OwnedQueue, Status};
use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    calls(&mut criterion);
    memory(&mut criterion);
    criterion.final_summary();
}

const BYTES: [u8; 32] = [b'x'; 32];

/// Removed at its end, also when the run is not.
fn queue() -> OwnedQueue {
    OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue can be made"))
}

fn calls(criterion: &mut Criterion) {
    let owned = queue();
    let (mut sender, mut receiver) = (Sender::new(owned.queue()), Receiver::new(owned.queue()));
    criterion.bench_function("send and receive 32 bytes", |bencher| {
        bencher.iter(|| {
            sender.try_send(MessageType::ONE, &BYTES).expect("there is room");
            black_box(receiver.try_recv(Select::Any).expect("the queue is there"));
        });
    });
    criterion.bench_function("try_recv on an empty queue", |bencher| {
        bencher.iter(|| receiver.try_recv(Select::Any).is_ok_and(|message| message.is_none()));
    });
    criterion.bench_function("status", |bencher| bencher.iter(|| Status::of(owned.queue())));
}

fn memory(criterion: &mut Criterion) {
    let mut envelope = Envelope::new();
    criterion.bench_function("fill an envelope with 32 bytes", |bencher| {
        bencher.iter(|| {
            envelope.fill(MessageType::ONE, black_box(&BYTES));
            black_box(&envelope);
        });
    });
    criterion.bench_function("make an envelope for 8,192 bytes", |bencher| {
        bencher.iter(|| Envelope::with_capacity(black_box(8192)));
    });
}
