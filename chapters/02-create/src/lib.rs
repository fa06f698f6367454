//! Queue: the kernel's name for one queue.
