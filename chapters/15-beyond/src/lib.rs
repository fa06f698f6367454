//! Beyond one machine: a bridge from a queue to a stream, and back.
