//! The simulator as a page uses it: lines of text in, steps, sentences and a picture out.
