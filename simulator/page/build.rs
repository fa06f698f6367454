//! A digest of the sources, so that a built module can say what it was built from.
//!
//! It is to notice that somebody forgot to build again, not to withstand anybody: 64 bits of FNV-1a
//! do.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let page = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let model = page.parent().unwrap_or(&page);
    let mut files = vec![
        (model.join("Cargo.toml"), "simulator/Cargo.toml".to_string()),
        (page.join("Cargo.toml"), "simulator/page/Cargo.toml".to_string()),
        (page.join("build.rs"), "simulator/page/build.rs".to_string()),
    ];
    collect(&model.join("src"), "simulator/src", &mut files);
    collect(&page.join("src"), "simulator/page/src", &mut files);
    files.sort_by(|(_, left), (_, right)| left.cmp(right));

    let mut digest = Fnv::new();
    for (file, name) in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text =
            fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        digest.add(name);
        // A checkout on Windows may have other line ends; the module is the same.
        digest.add(&text.replace("\r\n", "\n"));
    }
    println!("cargo::rustc-env=SIMULATOR_SOURCES={:016x}", digest.0);
}

/// All files below a folder, with a name that is the same on every machine.
fn collect(folder: &Path, name: &str, files: &mut Vec<(PathBuf, String)>) {
    // A file that comes or goes counts too.
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.flatten() {
        let (path, name) =
            (entry.path(), format!("{name}/{}", entry.file_name().to_string_lossy()));
        if path.is_dir() {
            // Tests are no part of the module.
            if entry.file_name() == "tests" {
                continue;
            }
            collect(&path, &name, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push((path, name));
        }
    }
}

struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        // The end of a text counts too: no part can slip into the one beside it.
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
