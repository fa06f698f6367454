//! Beyond one machine: what the bridge promises, with a real broker.

mod broker;
