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
    let begin = clock.now();
    loop {
        let left = limit.saturating_sub(clock.now() - begin);
        match replies.next(left)? {
            Some(reply) if reply.number == number => return Ok(Some(reply.text)),
            // To a request that was given up.
            Some(_) => {}
            None => return Ok(None),
        }
    }
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
