//! What's next: a ring in shared memory, and what a death does to it.
