//! What is gone after a line.

use alloc::vec::Vec;

use simulator::Call;

use super::World;

/// What has to be known of the moment before a line, since afterwards it is gone.
pub(crate) struct Before {
    /// How many queues there are.
    pub(crate) queues: usize,
    /// The messages that are queued or sleep with their senders: their serial numbers and sizes.
    sizes: Vec<(u64, usize)>,
}

impl Before {
    pub(crate) fn new(world: &World) -> Before {
        let queued = world.kernel.queues().flat_map(|queue| queue.messages());
        let sleeping =
            world.actors.iter().filter_map(|actor| match &world.kernel.sleeping(actor.pid)?.call {
                Call::Send(message) => Some(message),
                Call::Receive { .. } => None,
            });
        Before {
            queues: world.kernel.queues().count(),
            sizes: queued
                .chain(sleeping)
                .map(|message| (message.serial, message.text.len()))
                .collect(),
        }
    }

    /// How long a message was before it was received.
    pub(crate) fn size(&self, serial: u64) -> Option<usize> {
        self.sizes.iter().find(|(known, _)| *known == serial).map(|(_, size)| *size)
    }
}
