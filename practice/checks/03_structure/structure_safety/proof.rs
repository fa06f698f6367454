//! Your SAFETY comment: a test cannot judge it, but it can see that it is the one that was untrue.

use std::fs;
use std::path::PathBuf;

/// What the exercise begins with, and what no code here makes true.
const UNTRUE: &str = "`words` is a slice of integers, which have no padding, so the `len` bytes \
                      behind its pointer are initialised and ours to read.";

/// Words of which a proof that `len` is not too large needs one.
const BOUNDS: [&str; 29] = [
    "at most",
    "no more",
    "not more",
    "more than",
    "less",
    "smaller",
    "greater",
    "larger",
    "longer",
    "exceed",
    "fewer",
    "bound",
    "limit",
    "within",
    "inside",
    "at least",
    "enough",
    "fit",
    "cover",
    "check",
    "size_of_val",
    "<",
    ">",
    "refuse",
    "return",
    "has room",
    "holds",
    "contain",
    "too ",
];

/// The file in which this module's parent is.
fn source() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    match file!().split_once("/../../checks/") {
        Some((chapter, _)) => folder.join(chapter).join("structure_safety.rs"),
        // Among many others in one program, as `cargo xtask practice` builds them.
        None => {
            let module = module_path!().split("::").nth(1).expect("a module of it");
            folder.join("src").join(module).with_extension("rs")
        }
    }
}

/// The SAFETY comments in the text, each in one line.
fn proofs(text: &str) -> Vec<String> {
    let mut proofs: Vec<String> = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        let comment = line.strip_prefix("//").map(|text| text.trim_start_matches('/').trim());
        match (comment, comment.and_then(|text| text.strip_prefix("SAFETY:"))) {
            (_, Some(begin)) => proofs.push(begin.trim().to_owned()),
            (Some(more), None) if inside => {
                let proof = proofs.last_mut().expect("one has begun");
                *proof = format!("{proof} {more}");
            }
            _ => {}
        }
        inside = comment.is_some_and(|text| inside || text.starts_with("SAFETY:"));
    }
    proofs
}

#[test]
fn proof_is_mended() {
    let source = source();
    let text = fs::read_to_string(&source);
    let text = text.unwrap_or_else(|error| panic!("the test cannot read {source:?}: {error}"));
    // The functions marked #[test] are in other files.
    let proofs = proofs(&text);
    assert!(
        !proofs.is_empty() || !text.contains("unsafe {"),
        "there is an unsafe block and no SAFETY comment above it: say why this call is sound"
    );
    for proof in proofs {
        assert!(
            !proof.contains(UNTRUE),
            "the SAFETY comment is as it was: that integers have no padding does not make `len` bytes \
             of them. Mend the proof as well: what sees to it that `len` is not too large?"
        );
        let proof = proof.to_lowercase();
        assert!(
            proof.contains("len") && BOUNDS.iter().any(|word| proof.contains(word)),
            "the SAFETY comment says nothing of how large `len` may be, and that is what the old one \
             had forgotten. Yours: {proof}"
        );
    }
}
