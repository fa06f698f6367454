//! Queues that are made where no room is at hand.

use crate::watch::Watch;

/// Counts the queue `id` to the room of the calling thread, as [`Room::watch`](crate::Room::watch)
/// does, if it is in one: for whoever sees a queue being made.
pub fn watch(id: i32) {
    if let Some(watch) = Watch::current() {
        watch.room.watch(id);
    }
}
