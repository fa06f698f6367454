//! What is finished of a run that was stopped, so that the next one goes on from there.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::figures::{Figures, Group};
use crate::machine::Machine;

/// Finished groups in a folder, of one machine, one commit and one set of programs.
#[derive(Debug)]
pub struct Kept {
    file: PathBuf,
    /// What is finished.
    pub figures: Figures,
}

/// What was found of an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// So many groups of the same run.
    Groups(usize),
    /// Those of another run, which are not used: another machine, another commit, other programs,
    /// or other settings.
    Foreign,
}

impl Kept {
    /// Looks for an earlier run of the same `programs` with the same settings; a new day is no
    /// other run.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or a program cannot be read.
    pub fn open(folder: &Path, machine: Machine, programs: &[PathBuf]) -> Result<(Kept, Found)> {
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be made", folder.display()))?;
        let file = folder.join(format!("{:016x}.json", identity(&machine, programs)?));
        let earlier = Figures::read(&file).ok();
        let foreign = || fs::read_dir(folder).is_ok_and(|files| files.flatten().any(is_kept));
        let found = match &earlier {
            Some(earlier) => Found::Groups(earlier.groups.len()),
            None if foreign() => Found::Foreign,
            None => Found::Nothing,
        };
        let figures = earlier.unwrap_or(Figures { machine, groups: Vec::new() });
        Ok((Kept { file, figures }, found))
    }

    /// Whether this group is finished.
    #[must_use]
    pub fn has(&self, experiment: &str, point: u64) -> bool {
        self.figures.of(experiment).any(|group| group.point == point)
    }

    /// Keeps a finished group. The file is complete at any moment, whatever ends this program.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn keep(&mut self, group: Group) -> Result<()> {
        self.figures.groups.push(group);
        let new = self.file.with_extension("new");
        fs::write(&new, self.figures.text()?)
            .and_then(|()| fs::rename(&new, &self.file))
            .with_context(|| format!("{}: cannot be written", self.file.display()))
    }

    /// Forgets everything in the folder: this run is finished, or starts again.
    ///
    /// # Errors
    ///
    /// A file cannot be removed.
    pub fn clear(folder: &Path) -> Result<()> {
        let Ok(files) = fs::read_dir(folder) else {
            return Ok(());
        };
        for file in files.flatten().filter(is_kept_ref) {
            fs::remove_file(file.path())
                .with_context(|| format!("{}: cannot be removed", file.path().display()))?;
        }
        Ok(())
    }
}

fn is_kept(file: fs::DirEntry) -> bool {
    is_kept_ref(&file)
}

fn is_kept_ref(file: &fs::DirEntry) -> bool {
    file.path().extension().is_some_and(|it| it == "json")
}

/// The same number for the same run: figures of different programs must not stand in one table.
fn identity(machine: &Machine, programs: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    let machine = Machine { date: String::new(), ..machine.clone() };
    hasher.write(serde_json::to_string(&machine)?.as_bytes());
    for program in programs {
        let bytes = fs::read(program).with_context(|| program.display().to_string())?;
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn machine() -> Machine {
        Machine {
            cpu: "Some CPU".into(),
            processors: 2,
            kernel: "Linux 6.18.0".into(),
            rustc: "rustc 1.85.0".into(),
            cc: "cc 12".into(),
            commit: "0123456789".into(),
            date: "2026-11-25".into(),
            rounds: 3,
            sample_ms: 5,
        }
    }

    fn group(point: u64) -> Group {
        Group { experiment: "one-way-2".into(), point, series: Vec::new() }
    }

    /// A folder, and a program in it.
    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::write(&program, "code").unwrap();
        (folder, program)
    }

    #[test]
    fn finished_groups_are_found_again_on_another_day() {
        let (folder, program) = place();
        let open = |machine| Kept::open(folder.path(), machine, &[program.clone()]).unwrap();
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
        let open = |machine| Kept::open(folder.path(), machine, &[program.clone()]).unwrap();
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
        let open = || Kept::open(folder.path(), machine(), &[program.clone()]).unwrap();
        open().0.keep(group(32)).unwrap();
        fs::write(&program, "more code").unwrap();
        assert_eq!(open().1, Found::Foreign);
    }

    #[test]
    fn half_a_file_is_nothing() {
        let (folder, program) = place();
        let open = || Kept::open(folder.path(), machine(), &[program.clone()]).unwrap();
        let (mut kept, _) = open();
        kept.keep(group(32)).unwrap();
        let text = fs::read(&kept.file).unwrap();
        fs::write(&kept.file, &text[..text.len() / 2]).unwrap();
        assert_eq!(open().0.figures.groups.len(), 0);
    }

    #[test]
    fn clearing_leaves_nothing_to_go_on_from() {
        let (folder, program) = place();
        let open = || Kept::open(folder.path(), machine(), &[program.clone()]).unwrap();
        open().0.keep(group(32)).unwrap();
        Kept::clear(folder.path()).unwrap();
        assert_eq!(open().1, Found::Nothing);
        Kept::clear(&folder.path().join("nowhere")).unwrap();
    }
}
