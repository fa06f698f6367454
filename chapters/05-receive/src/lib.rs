//! Receiver and Select: takes messages out.
