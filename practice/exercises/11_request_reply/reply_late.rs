// Find the bug: a program that asks for the price of one thing, and prints that of another.
//
// The server was slow once. The caller gave up after its timeout and went on to the next question;
// the answer to the first came all the same, and lay in the caller's queue. Each request has a
// number, and its reply has the same.
//
// `Replies` has one method: `next` waits for whichever reply comes next. The clock has `now`.

use std::time::Duration;

use practice::{Clock, Replies};

/// Waits for the reply to the request with this number, until `limit` is over, and returns its
/// text; `None` if it has not come by then.
///
/// Replies to other requests are thrown away, whenever they come and however many they are: nobody
/// waits for them any more. They do not make the limit longer. A limit of 0 looks, and does not
/// wait. Every error ends this, and is returned.
fn reply_to(
    number: u64,
    replies: &impl Replies,
    clock: &impl Clock,
    limit: Duration,
) -> nix::Result<Option<Vec<u8>>> {
    // TODO: whose reply is it? And how long may the next wait be?
    println!("reply to {number}, within {limit:?} from {:?} on", clock.now());
    let reply = replies.next(limit)?;
    Ok(reply.map(|reply| reply.text))
}

fn main() {
    practice::with_queue(&[], |queue| {
        let _ = practice::send_reply(queue, 1, b"a spoon is 2.50");
        let _ = practice::send_reply(queue, 2, b"a car is 25,000.00");
        let price = reply_to(2, &queue, &practice::SystemClock, Duration::from_millis(50));
        println!("a car? {:?}", price.map(|price| price.map(String::from_utf8)));
    });
}

#[cfg(test)]
#[path = "../../checks/11_request_reply/reply_late.rs"]
mod tests; // the functions marked #[test]
