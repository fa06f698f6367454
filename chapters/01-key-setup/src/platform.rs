//! Where there is nothing to compile for. (The programs' `streams` has it too: cargo may begin
//! with either.)

#[cfg(not(any(target_os = "linux", target_os = "freebsd")))]
compile_error!(
    "System V message queues are supported here on Linux and FreeBSD only: on macOS or Windows, work in a container, such as the one that .devcontainer/ describes"
);

// On x32 the kernel reads a type of 8 bytes, while C's `long` there has 4.
#[cfg(all(target_arch = "x86_64", target_pointer_width = "32"))]
compile_error!("x32 is not supported: its C long is shorter than the kernel's message type");
