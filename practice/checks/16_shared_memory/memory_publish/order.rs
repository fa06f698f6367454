//! The orders of the accesses. No test could see a wrong one on every machine; this one reads them.

use super::*;
use ring::Access;
use std::sync::atomic::Ordering::{self, AcqRel, SeqCst};

#[test]
fn numbers_publish_what_was_done_before() {
    let ring = Ring::with(0, &[]);
    ring.put(42);
    let put = ring.accesses.take();
    ring.take();
    let taken = ring.accesses.take();
    for (accesses, name) in [(&put, "put"), (&taken, "take")] {
        for access in accesses {
            assert!(
                !matches!(
                    access,
                    Access::Load(_, Release | AcqRel) | Access::Store(_, Acquire | AcqRel)
                ),
                "`{name}` makes the access {access:?}, and there is no such order for it: std panics"
            );
        }
    }
    let orders = |accesses: &[Access], store: bool, word: Word| -> Vec<Ordering> {
        let found = accesses.iter().filter_map(|access| match access {
            Access::Load(of, order) if *of == word && !store => Some(*order),
            Access::Store(of, order) if *of == word && store => Some(*order),
            _ => None,
        });
        found.collect()
    };
    let cases = [
        (&put, "put", true, Tail, "whoever sees the new number may not see the message yet"),
        (&taken, "take", false, Tail, "the slot may have been read before the number"),
        (&taken, "take", true, Head, "the slot may be overwritten before it has been read"),
        (&put, "put", false, Head, "the slot may be written before the other one has read it"),
    ];
    for (accesses, name, store, word, why) in cases {
        let (what, due) = if store { ("stores", Release) } else { ("loads", Acquire) };
        let orders = orders(accesses, store, word);
        assert!(
            !orders.is_empty() || !is_right_alone(),
            "`{name}` never {what} {word:?}, which both processes need"
        );
        assert!(
            orders.iter().all(|order| [due, SeqCst].contains(order)) || !is_right_alone(),
            "`{name}` {what} {word:?} with {orders:?}: {why}. It must be {due:?}"
        );
    }
}

use std::sync::atomic::Ordering::{Acquire, Release};
