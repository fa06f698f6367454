//! A broker of the test's own: a real `nats-server` on the loopback, which can be killed and started
//! again on the same port, with the same store.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use support::{Running, until};
use tempfile::TempDir;

/// The broker, running or not. Dropping it kills it and removes its folder.
///
/// Tests that run at the same time have brokers of their own: with IPC namespaces or without, they
/// share the network.
pub(crate) struct Broker {
    program: PathBuf,
    port: u16,
    folder: TempDir,
    /// What it is told besides where.
    arguments: Vec<OsString>,
    server: Option<Running>,
}

impl Broker {
    /// A broker that is ready; `None`, and a word about it, where none is installed.
    pub(crate) fn start() -> Option<Broker> {
        Broker::start_in(
            tempfile::tempdir().expect("a directory can be made"),
            &["--jetstream".into()],
        )
    }

    /// The same with this configuration, which says whether there are streams.
    pub(crate) fn configured(configuration: &str) -> Option<Broker> {
        let folder = tempfile::tempdir().expect("a directory can be made");
        let path = folder.path().join("configuration");
        fs::write(&path, configuration).expect("the folder is ours");
        Broker::start_in(folder, &["--config".into(), path.into()])
    }

    fn start_in(folder: TempDir, arguments: &[OsString]) -> Option<Broker> {
        let program = support::installed("nats-server")?;
        let arguments = arguments.to_vec();
        let mut broker = Broker { program, port: 0, folder, arguments, server: None };
        until("a port that the broker gets", || {
            broker.port = unused_port();
            broker.is_started()
        });
        Some(broker)
    }

    /// The port that it listens at.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What a client connects to.
    pub(crate) fn address(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// A folder that goes when the broker does; its store is in there.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// SIGKILL. What its clients were in the midst of is cut off.
    pub(crate) fn kill(&mut self) {
        let server = self.server.take().expect("it runs");
        server.signal(Signal::SIGKILL);
        server.finish().killed_by(Signal::SIGKILL);
    }

    /// SIGTERM: it writes down what it knows.
    pub(crate) fn stop(&mut self) {
        let server = self.server.take().expect("it runs");
        server.signal(Signal::SIGTERM);
        server.finish();
    }

    /// Lets it stand still for so long, as a network does that loses every packet.
    pub(crate) fn freeze(&self, time: Duration) {
        let begin = Instant::now();
        self.freeze_for(|| {
            until("the broker to have stood still for long enough", || begin.elapsed() >= time);
        });
    }

    /// Lets it stand still while this is done.
    pub(crate) fn freeze_for(&self, work: impl FnOnce()) {
        let server = self.server.as_ref().expect("it runs");
        server.signal(Signal::SIGSTOP);
        work();
        server.signal(Signal::SIGCONT);
    }

    /// Starts it again after [`kill`](Broker::kill), on the same port and with what it has stored.
    pub(crate) fn start_again(&mut self) {
        assert!(self.server.is_none(), "it has not been killed");
        until("the broker to get its port back", || self.is_started());
    }

    /// Whether it is ready. False: somebody else has the port.
    fn is_started(&mut self) -> bool {
        // The kernel kills it when this thread ends, however it does.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(&self.program);
        command.args(&self.arguments);
        command.args(["--addr", "127.0.0.1", "--port", &self.port.to_string()]);
        command.arg("--store_dir").arg(self.folder.path().join("store"));
        let server = Running::start(command);
        let mut ready = None;
        until("the broker to be ready", || {
            let log = server.stderr_so_far();
            ready = if log.contains("Server is ready") {
                Some(true)
            } else if log.contains("address already in use") {
                Some(false)
            } else {
                assert!(!server.has_exited(), "{log}");
                None
            };
            ready.is_some()
        });
        self.server = ready.filter(|ready| *ready).map(|_| server);
        self.server.is_some()
    }
}

/// A port that nobody has.
///
/// Not one of those that the kernel hands out (from 32768 on): a client that tries to reach the
/// killed broker could be given the very port that it calls, would find itself there, and would keep
/// the broker from coming back.
fn unused_port() -> u16 {
    static COUNT: AtomicU16 = AtomicU16::new(0);
    let first = std::process::id() as u16;
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let port = 10_000 + first.wrapping_mul(31).wrapping_add(count) % 20_000;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

#[test]
fn broker_is_reached_on_its_port_again_after_a_kill() {
    support::alone(|_| {
        let Some(mut broker) = Broker::start() else { return };
        let greeting = |broker: &Broker| {
            let stream = TcpStream::connect(broker.address().trim_start_matches("nats://")).ok()?;
            BufReader::new(stream).lines().next()?.ok()
        };
        assert!(greeting(&broker).is_some_and(|line| line.contains("\"jetstream\":true")));
        broker.kill();
        assert_eq!(greeting(&broker), None);
        broker.start_again();
        assert!(greeting(&broker).is_some_and(|line| line.contains("\"jetstream\":true")));
    });
}

#[test]
fn nothing_of_a_broker_is_left_when_a_test_panics() {
    support::alone(|_| {
        let mut left = None;
        let panicked = support::caught(|| {
            let broker = Broker::start()?;
            let server = broker.server.as_ref().expect("it runs").id();
            left = Some((server, broker.folder().to_owned()));
            panic!("with a broker");
        });
        if let Some((server, folder)) = left {
            assert_eq!(panicked, Err::<Option<()>, _>("with a broker".to_owned()));
            assert!(!Path::new(&format!("/proc/{server}")).exists(), "the broker runs");
            assert!(!folder.exists(), "its folder is there");
        }
    });
}

#[test]
fn brokers_at_the_same_time_have_ports_of_their_own() {
    support::alone(|_| {
        let Some(first) = Broker::start() else { return };
        let second = Broker::start().expect("the program is installed");
        assert_ne!(first.port, second.port);
    });
}
