//! What proves the simulator: the same calls on the model and on the kernel.
