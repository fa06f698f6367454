//! What is told comes from the model: mistakes planted into a copy of it show in the copy's
//! sentences.
//!
//! A narrator with rules of its own would go on telling what is right.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use simulator_page::session;

/// A mistake in one of the model's rules, and a session whose last line tells of it.
struct Mistake {
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    session: &'static str,
    told: &'static str,
    told_with_it: &'static str,
}

const MISTAKES: [Mistake; 4] = [
    // Which message is wanted.
    Mistake {
        file: "select.rs",
        right: "mtype <= highest",
        wrong: "mtype < highest",
        session: "create 1\nset qbytes 5\nsend 7 full\nrecv -3\nsend 3 *2",
        told: "S1 sleeps in msgsnd: 4 + 2 bytes would be more than the queue's 5, though R1 waits for this very message.",
        told_with_it: "S1 sleeps in msgsnd: 4 + 2 bytes would be more than the queue's 5.",
    },
    // Whether it fits.
    Mistake {
        file: "status.rs",
        right: "self.cbytes + size as u64 > self.qbytes",
        wrong: "self.cbytes + size as u64 >= self.qbytes",
        session: "create 2\nset qbytes 5\nsend 1 *5",
        told: "S1 sends type 1, 5 bytes.",
        told_with_it: "S1 sleeps in msgsnd: 0 + 5 bytes would be more than the queue's 5.",
    },
    // Whom new room wakes.
    Mistake {
        file: "control.rs",
        right: "let senders = queue.senders_to_wake();",
        wrong: "let senders = Vec::new();",
        session: "create 3\nset qbytes 3\nsend 1 *7\nset qbytes 9",
        told: "S1 wakes: there is room, and its message has been sent.",
        told_with_it: "S1 sleeps on: ",
    },
    // Who may change a queue.
    Mistake {
        file: "permission.rs",
        right: "who.uid == status.cuid || who.uid == status.uid || who.capable.sys_admin",
        wrong: "who.uid == status.uid || who.capable.sys_admin",
        session: "A: uid 5\nA: create 4 mode 666\nset uid 9\nA: set qbytes 99999",
        told: "A's msgctl fails with EPERM: qbytes 99999 is above msgmnb, 16384",
        told_with_it: "A's msgctl fails with EPERM: the queue belongs to uid 9 and was made by uid 5",
    },
];

/// Prints the sentences about the last line of the session that is its argument.
const PROGRAM: &str = r#"fn main() {
    let lines = std::env::args().nth(1).unwrap();
    let step = simulator_page::session(&lines).steps.pop().unwrap();
    print!("{}", step.told.join("\n"));
}
"#;

#[test]
fn mistakes_in_the_model_show_in_the_sentences() {
    let program = built_with_mistakes();
    for mistake in &MISTAKES {
        let told = session(mistake.session).steps.pop().expect("it has lines").told.join("\n");
        assert!(told.contains(mistake.told), "{} as it is:\n{told}", mistake.file);
        let output = Command::new(&program).arg(mistake.session).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(
            told.contains(mistake.told_with_it) && !told.contains(mistake.told),
            "simulator/src/{} has `{}` in a copy, and the copy still prints:\n{told}",
            mistake.file,
            mistake.wrong
        );
    }
}

/// The program, built from a copy of the model and the page that has all the mistakes.
fn built_with_mistakes() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("planted");
    for folder in ["simulator/src", "simulator/page/src"] {
        let _ = fs::remove_dir_all(copy.join(folder));
        fs::create_dir_all(copy.join(folder)).unwrap();
        let (from, to) = (root.join(folder).join("."), copy.join(folder));
        let copied = Command::new("cp").arg("-R").args([from, to]).status();
        assert!(copied.unwrap().success());
    }
    for mistake in &MISTAKES {
        let file = copy.join("simulator/src").join(mistake.file);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.matches(mistake.right).count(), 1, "{}: {}", mistake.file, mistake.right);
        fs::write(&file, text.replace(mistake.right, mistake.wrong)).unwrap();
    }
    let read = |file: &str| fs::read_to_string(root.join(file)).unwrap();
    let write = |file: &str, text: &str| fs::write(copy.join(file), text).unwrap();
    // The two packages without what their tests need, in a workspace of their own.
    let workspace = between(&read("Cargo.toml"), "\n[workspace.package]", "\n[package]");
    let members = "[workspace]\nmembers = [\"simulator\", \"simulator/page\"]\nresolver = \"3\"\n";
    write("Cargo.toml", &format!("{members}\n[workspace.package]{workspace}"));
    write("Cargo.lock", &read("Cargo.lock"));
    write("simulator/Cargo.toml", &read("simulator/Cargo.toml"));
    let page = between(&read("simulator/page/Cargo.toml"), "", "[dev-dependencies]");
    write("simulator/page/Cargo.toml", &page);
    write("simulator/page/build.rs", &read("simulator/page/build.rs"));
    fs::create_dir_all(copy.join("simulator/page/src/bin")).unwrap();
    write("simulator/page/src/bin/tell.rs", PROGRAM);

    let target = copy.join("target");
    let output = Command::new(env!("CARGO"))
        .args("build --quiet --offline --package simulator-page --bin tell".split(' '))
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", &target)
        // The tests may be built for other targets and with flags that need more than these.
        .env_remove("CARGO_BUILD_TARGET")
        .env("RUSTFLAGS", "-A warnings")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug/tell")
}

fn between(text: &str, start: &str, end: &str) -> String {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0.to_owned()
}
