//! What the README says of the library, in an empty project that depends on it: with this folder
//! in place of the address, since git knows nothing of a change before it is committed. (`.ci/run`
//! takes it by git.)

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use book_tests::Page;
use book_tests::block::Block;
use book_tests::book::root;
use support::Alone;
use tempfile::TempDir;

#[test]
fn example_of_the_readme_runs_in_an_empty_project() {
    let room = Alone::default().within(Duration::from_secs(300)).in_namespace();
    room.run(|_| {
        let project = project();
        cargo(project.path(), &["run"]);
    });
}

#[test]
fn dependent_compiles_our_crates_libc_and_what_nix_needs() {
    let project = project();
    let of_nix = packages(project.path(), &["--package", "nix"]);
    assert!(of_nix.iter().any(|package| package.starts_with("libc ")), "{of_nix:?}");

    // Of a package that comes from a folder, cargo prints which: `ch04-send v0.1.0 (/...)`.
    let all = packages(project.path(), &[]);
    let (ours, others): (Vec<_>, Vec<_>) = all.iter().partition(|package| package.contains("(/"));
    assert!(ours.iter().any(|package| package.starts_with("sysv-mq ")), "{all:?}");
    let is_library =
        |package: &str| package.contains("/chapters/") || package.starts_with("sysv-mq ");
    assert_eq!(ours.iter().find(|package| !is_library(package)), None);
    assert_eq!(others.iter().find(|package| !of_nix.contains(package)), None);
}

/// A new project with the README's dependency and example.
fn project() -> TempDir {
    let readme = Page { path: "README.md".into(), text: read(&root().join("README.md")) };
    let block = |language: &str| {
        let blocks = Block::all(&readme);
        let found = blocks.into_iter().find(|block| block.language() == language);
        found.unwrap_or_else(|| panic!("the README has no {language}")).lines.join("\n")
    };

    let dependency = block("toml");
    let (before, address) = dependency.split_once("git = \"").expect("by git");
    let (_, after) = address.split_once('"').expect("the end of the address");
    let manifest = format!(
        "[package]\nname = \"dependent\"\nedition = \"2024\"\n\n{before}path = {:?}{after}\n",
        root()
    );
    let example = block("rust");
    let main =
        format!("fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{example}\nOk(())\n}}\n");

    let project = TempDir::new().expect("a folder");
    let folder = project.path();
    fs::create_dir(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), main).unwrap();
    // Of these versions it is known that they are here.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    project
}

/// What cargo compiles for the project, or for a part of it, with versions and places.
fn packages(project: &Path, of: &[&str]) -> Vec<String> {
    let mut arguments = vec!["tree", "--prefix", "none", "--no-dedupe"];
    arguments.extend(["--edges", "normal,build"]);
    arguments.extend(of);
    let tree = cargo(project, &arguments);
    let lines = String::from_utf8(tree.stdout).unwrap();
    lines.lines().filter(|line| !line.starts_with("dependent ")).map(str::to_owned).collect()
}

/// Runs cargo in the project, without the net, with a target folder that the next run finds.
fn cargo(project: &Path, arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(project)
        .env("CARGO_TARGET_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/dependent"))
        .output()
        .expect("cargo started this test");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}:\n{stderr}");
    output
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
