//! What goes wrong between queue and broker, in words.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use nix::sys::signal::Signal;
use support::{Running, until};

use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send, stop};
use crate::{Broker, bridge, new_queue};

/// Runs it to its end, which has to come with this sentence.
fn fails(command: Command, sentence: &str) {
    Running::start(command).finish().code(1).stdout_is("").stderr_has(sentence);
}

#[test]
fn broker_that_cannot_be_used_is_explained() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let with = |args: &[&str]| {
            let mut command = bridge("out", key, &broker);
            command.args(args);
            command
        };
        fails(with(&["--stream", "a.b"]), "a name has no dots");
        fails(with(&["--creds", "/nowhere/creds"]), "cannot use the credentials in /nowhere/creds");
        fails(with(&["--url", "nats://nowhere.invalid"]), "nobody knows this host");
        fails(with(&["--url", "127.0.0.1:port"]), "not an address");
        broker.kill();
        fails(
            bridge("out", key, &broker),
            "no NATS server answers there; start one (nats-server -js)",
        );
        room.remove(queue.id());
    });
}

#[test]
fn broker_without_streams_is_explained() {
    support::alone(|room| {
        let Some(broker) = Broker::configured("") else { return };
        let (key, queue) = new_queue(room);
        fails(bridge("out", key, &broker), "start it with JetStream (nats-server -js)");
        room.remove(queue.id());
    });
}

#[test]
fn lack_of_rights_at_the_broker_is_explained() {
    support::alone(|room| {
        let users = "jetstream {}\nauthorization { users = [
            { user: none, password: x, permissions: { publish: [\"elsewhere\"] } }
            { user: half, password: x, permissions: { publish: [\"$JS.API.>\"] } }
        ] }";
        let Some(broker) = Broker::configured(users) else { return };
        let (key, queue) = new_queue(room);
        let user = |user: &str| {
            let mut command = bridge("out", key, &broker);
            command.args(["--url", &format!("nats://{user}127.0.0.1:{}", broker.port())]);
            command
        };
        fails(user(""), "the server does not let you in");
        fails(user("none:x@"), "you may not do that there");
        // May make the stream, and may not publish: nothing is lost meanwhile.
        send(queue, 1, b"not lost");
        let mut bridge = ready(user("half:x@"));
        bridge.wait_for_stderr("bridge: the broker complains (");
        assert!(!is_empty(queue));
        bridge.signal(Signal::SIGTERM);
        bridge.finish().success().stderr_has("the queue waits");
        assert!(!is_empty(queue));
        room.remove(queue.id());
    });
}

#[test]
fn stream_of_another_configuration_is_explained() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mailbox = Mailbox::connect(&broker);
        for (change, sentence) in [
            ("subject", "for the subjects [\"other\"], and [\"mailbox\"] is needed"),
            ("limits", "without WorkQueue it is full one day, forever"),
            ("old", "throws the oldest message away when it is full"),
            ("bytes", "is limited to 3000 bytes: servers before 2.10.5"),
            ("age", "throws messages away after 60s"),
            ("window", "remembers IDs for 60s, not for 3600s"),
        ] {
            mailbox.make_stream(change);
            fails(bridge("out", key, &broker), sentence);
        }
        room.remove(queue.id());
    });
}

#[test]
fn secure_connection_is_made_to_a_server_that_is_trusted() {
    support::alone(|room| {
        let Some(openssl) = support::installed("openssl") else { return };
        let folder = tempfile::tempdir().expect("a directory can be made");
        let (key, certificate) = (folder.path().join("key"), folder.path().join("certificate"));
        let mut command = Command::new(openssl);
        command.args(["req", "-x509", "-nodes", "-days", "1", "-subj", "/CN=broker"]);
        command.args(["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
        command.args(["-addext", "subjectAltName=IP:127.0.0.1"]);
        command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        command.arg("-keyout").arg(&key).arg("-out").arg(&certificate);
        Running::start(command).finish().success();
        let tls = format!(
            "jetstream {{}}\ntls {{ cert_file: {:?}, key_file: {:?} }}",
            certificate.display(),
            key.display()
        );
        let Some(broker) = Broker::configured(&tls) else { return };
        let (key, queue) = new_queue(room);
        let secure = || {
            let mut command = bridge("out", key, &broker);
            command.args(["--url", &format!("tls://127.0.0.1:{}", broker.port())]);
            command
        };
        fails(secure(), "if you trust its certificate, say so with --ca");
        let mut command = secure();
        command.arg("--ca").arg(&certificate);
        let bridge = ready(command);
        send(queue, 1, b"secret");
        until("it to be taken", || is_empty(queue));
        stop(bridge);
        room.remove(queue.id());
    });
}

#[test]
fn damaged_journal_is_reported_and_does_not_stop_the_bridge() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        stop(ready(bridge("out", key, &broker)));
        let folder = broker.folder().join("journal");
        let lock = fs::read_dir(&folder).expect("it is made").next().expect("it is made");
        let path = lock.expect("it is made").path().with_extension("journal");
        fs::write(path, "ch15jrnl").expect("it is ours");
        send(queue, 1, b"hello\0");
        let mut bridge = ready(bridge("out", key, &broker));
        bridge.wait_for_stderr("is not whole: has the machine lost its power?");
        until("it to be taken", || is_empty(queue));
        bridge.signal(Signal::SIGTERM);
        bridge.finish().success();
        room.remove(queue.id());
    });
}

#[test]
fn password_in_an_address_is_never_printed() {
    support::alone(|room| {
        let (key, queue) = new_queue(room);
        for scheme in ["nats", "tls", "http"] {
            for place in ["127.0.0.1:none", "127.0.0.1:1", ""] {
                let mut command = Command::new(cargo_bin!("bridge"));
                let url = format!("{scheme}://user:secret@{place}");
                command.args(["in", "--key", &key.to_string(), "--url", &url]);
                let finished = Running::start(command).finish();
                let text = finished.code(1).stderr_has("bridge: ").stderr_text();
                assert!(!text.contains("secret"), "{text}");
            }
        }
        room.remove(queue.id());
    });
}
