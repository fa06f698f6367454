//! How fast is it: every figure of the book, measured by one command.
