use super::*;

fn machine() -> Machine {
    Machine {
        cpu: "Some CPU".into(),
        processors: 2,
        kernel: "Linux 6.18.0".into(),
        rustc: "rustc 1.85.0".into(),
        cc: "cc 12".into(),
        commit: "0123456789".into(),
        date: "2026-11-25".into(),
        load: "0.10".into(),
        rounds: 3,
        sample_ms: 5,
    }
}

fn group(point: u64) -> Group {
    Group { experiment: "one-way-2".into(), point, series: Vec::new() }
}

/// A folder, and a program in it.
fn place() -> (tempfile::TempDir, [PathBuf; 1]) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::write(&program, "code").unwrap();
    (folder, [program])
}

#[test]
fn finished_groups_are_found_again_on_another_day() {
    let (folder, program) = place();
    let open = |machine| Kept::open(folder.path(), machine, &program, false).unwrap();
    let (mut kept, found) = open(machine());
    assert_eq!(found, Found::Nothing);
    kept.keep(group(32)).unwrap();
    let (kept, found) = open(Machine { date: "2026-11-26".into(), ..machine() });
    assert_eq!(found, Found::Groups(1));
    assert!(kept.has("one-way-2", 32) && !kept.has("one-way-2", 8) && !kept.has("length", 32));
}

#[test]
fn groups_of_another_machine_commit_or_setting_are_not_used() {
    let (folder, program) = place();
    let open = |machine| Kept::open(folder.path(), machine, &program, false).unwrap();
    open(machine()).0.keep(group(32)).unwrap();
    for other in [
        Machine { cpu: "Other".into(), ..machine() },
        Machine { commit: "9876543210".into(), ..machine() },
        Machine { kernel: "Linux 6.19.0".into(), ..machine() },
        Machine { rounds: 21, ..machine() },
    ] {
        let (kept, found) = open(other);
        assert_eq!((kept.figures.groups.len(), found), (0, Found::Foreign));
    }
}

#[test]
fn groups_of_another_program_are_not_used() {
    let (folder, program) = place();
    let open = || Kept::open(folder.path(), machine(), &program, false).unwrap();
    open().0.keep(group(32)).unwrap();
    fs::write(&program[0], "more code").unwrap();
    assert_eq!(open().1, Found::Foreign);
}

#[test]
fn half_a_file_is_nothing() {
    let (folder, program) = place();
    let open = || Kept::open(folder.path(), machine(), &program, false).unwrap();
    let (mut kept, _) = open();
    kept.keep(group(32)).unwrap();
    let text = fs::read(&kept.file).unwrap();
    fs::write(&kept.file, &text[..text.len() / 2]).unwrap();
    assert_eq!(open().0.figures.groups.len(), 0);
}

#[test]
fn end_and_fresh_start_leave_nothing_to_go_on_from() {
    let (folder, program) = place();
    let open = |fresh| Kept::open(folder.path(), machine(), &program, fresh).unwrap();
    open(false).0.keep(group(32)).unwrap();
    assert_eq!(open(true).1, Found::Nothing);
    open(false).0.keep(group(32)).unwrap();
    open(false).0.end().unwrap();
    assert_eq!(open(false).1, Found::Nothing);
}
