//! What can be wrong with memory before anybody has sent anything.

use std::fs::{self, Permissions};
use std::num::NonZeroUsize;
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::PathBuf;
use std::process::Command;

use ch16_shared_memory::Ring;
use nix::errno::Errno;
use nix::sys::mman::{MapFlags, ProtFlags, mmap};
use nix::sys::signal::Signal;
use support::Finished;

use crate::{Name, again, ch16, finished, is_inside};

impl Name {
    fn file(&self) -> PathBuf {
        format!("/dev/shm{}", self.0).into()
    }

    #[track_caller]
    fn is_refused_with(&self, errno: Errno) {
        assert_eq!(Ring::open(&self.0).map(drop), Err(errno));
    }
}

#[test]
fn ring_that_is_not_there_or_is_there_already_is_named() {
    support::alone(|_| {
        let name = Name::new();
        name.is_refused_with(Errno::ENOENT);
        let ring = name.ring(4, 16);
        let second = Ring::create_new(&name.0, ring.shape());
        assert_eq!(second.map(drop), Err(Errno::EEXIST));
        for wrong in ["/", "/a/b", ""] {
            let made = Ring::create_new(wrong, ring.shape()).map(drop);
            assert_eq!(made, Err(Errno::EINVAL), "{wrong:?}");
        }
    });
}

#[test]
fn memory_without_a_finished_header_is_eagain() {
    support::alone(|_| {
        let name = Name::new();
        let made = fs::write(name.file(), b"");
        made.and_then(|()| fs::set_permissions(name.file(), Permissions::from_mode(0o600)))
            .expect("it can be made");
        name.is_refused_with(Errno::EAGAIN);
        fs::write(name.file(), [0; 4096]).expect("it is ours");
        name.is_refused_with(Errno::EAGAIN);
    });
}

#[test]
fn header_that_does_not_fit_the_memory_is_refused() {
    support::alone(|_| {
        let name = Name::new();
        drop(name.ring(4, 16));
        let file = fs::File::options().write(true).read(true).open(name.file()).expect("ours");
        let mut header = [0; 20];
        file.read_exact_at(&mut header, 0).expect("it is long enough");
        let lies: [(u64, &[u8], Errno); 8] = [
            (0, b"something", Errno::EBADMSG),
            (8, &[0xff], Errno::EPROTONOSUPPORT),
            (12, &8_u32.to_ne_bytes(), Errno::EBADMSG),
            (12, &3_u32.to_ne_bytes(), Errno::EBADMSG),
            (12, &0_u32.to_ne_bytes(), Errno::EBADMSG),
            (12, &(1_u32 << 31).to_ne_bytes(), Errno::EBADMSG),
            (16, &100_u32.to_ne_bytes(), Errno::EBADMSG),
            (16, &u32::MAX.to_ne_bytes(), Errno::EBADMSG),
        ];
        for (place, lie, errno) in lies {
            file.write_all_at(lie, place).expect("it is ours");
            name.is_refused_with(errno);
            file.write_all_at(&header, 0).expect("it is ours");
            assert!(Ring::open(&name.0).is_ok());
        }
        let length = file.metadata().expect("ours").len();
        for wrong in [1, 100, length - 1, length + 1] {
            file.set_len(wrong).expect("it is ours");
            name.is_refused_with(Errno::EBADMSG);
        }
    });
}

/// Runs a command where `/dev/shm` has four pages; `None`, and a word, if that cannot be had.
fn with_little_memory(command: Command) -> Option<Finished> {
    with_mount("-o size=16k none /dev/shm", command)
}

/// Runs a command where this tmpfs is mounted.
fn with_mount(tmpfs: &str, command: Command) -> Option<Finished> {
    for unshare in [&["--mount"][..], &["--user", "--map-root-user", "--mount"]] {
        let mut shell = Command::new("unshare");
        let mount = format!("mount -t tmpfs {tmpfs} || exit 97; exec \"$@\"");
        shell.args(unshare).args(["sh", "-c", &mount, "sh"]);
        shell.arg(command.get_program()).args(command.get_args());
        shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let told = finished(shell);
        if !told.stderr_text().contains("unshare: ") && told.status.code() != Some(97) {
            return Some(told);
        }
    }
    eprintln!("skipped: no mount namespace can be had here");
    None
}

#[test]
fn full_dev_shm_is_enospc_and_leaves_nothing() {
    support::alone(|_| {
        let name = Name::new();
        let script = "\"$0\" server \"$1\"; echo \"status $?\"; ls /dev/shm";
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).arg(ch16(&[]).get_program()).arg(&name.0);
        if let Some(told) = with_little_memory(shell) {
            told.stdout_is("status 1\n").stderr_has("/dev/shm is full").stderr_has("(ENOSPC)");
        }
    });
}

#[test]
fn system_without_dev_shm_is_enosys_and_named() {
    support::alone(|_| {
        let name = Name::new();
        for verb in ["server", "semaphores"] {
            let mut command = ch16(&[verb]);
            if verb == "server" {
                command.arg(&name.0);
            }
            if let Some(told) = with_mount("none /dev", command) {
                told.code(1).stderr_has("there is no /dev/shm").stderr_has("(ENOSYS)");
            }
        }
    });
}

#[test]
fn umask_takes_no_rights_from_the_ring_of_its_user() {
    support::alone(|_| {
        let name = Name::new();
        let mut shell = Command::new("sh");
        shell.args(["-c", "umask 777; exec \"$0\" server \"$1\""]);
        shell.arg(ch16(&[]).get_program()).arg(&name.0);
        let mut server = support::Running::start(shell);
        server.wait_for_line("Server: Message queue created. Waiting for messages...");
        let mode = fs::metadata(name.file()).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        server.signal(Signal::SIGTERM);
        server.finish().success();
    });
}

#[test]
fn limit_of_file_sizes_holds_for_shared_memory_too() {
    support::alone(|_| {
        let name = Name::new();
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -f 0; exec \"$0\" server \"$1\""]);
        shell.arg(ch16(&[]).get_program()).arg(&name.0);
        finished(shell).code(1).stdout_is("").stderr_has("(ulimit -f)").stderr_has("(EFBIG)");
        assert!(!name.is_in_use());
    });
}

/// What it would be without `posix_fallocate`.
#[test]
fn full_dev_shm_is_sigbus_at_the_first_touch_after_ftruncate_alone() {
    let test = "memory::full_dev_shm_is_sigbus_at_the_first_touch_after_ftruncate_alone";
    if is_inside() {
        let file = fs::File::create_new("/dev/shm/promised").expect("there is room for a name");
        file.set_len(1 << 20).expect("a promise costs nothing");
        let size = NonZeroUsize::new(1 << 20).expect("not 0");
        let both = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: the kernel chooses the place, so no other mapping is replaced.
        let start = unsafe { mmap(None, size, both, MapFlags::MAP_SHARED, file, 0) };
        let start = start.expect("a promise costs nothing").cast::<u8>();
        for page in 0..256 {
            // SAFETY: within the mapping.
            let byte = unsafe { start.add(page * 4096) };
            // SAFETY: it is mapped. That there is no page for it is what is to be seen.
            unsafe { byte.write_volatile(1) };
        }
        unreachable!("there is no room for so much");
    }
    support::alone(|_| {
        if let Some(told) = with_little_memory(again(test)) {
            told.killed_by(Signal::SIGBUS);
        }
    });
}
