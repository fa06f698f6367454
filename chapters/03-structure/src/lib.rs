//! MessageType and Envelope: a type and bytes, laid out as the kernel wants them.
