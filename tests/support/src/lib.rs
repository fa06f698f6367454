//! The harness every test of this workspace uses.
