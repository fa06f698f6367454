//! What is finished of a run that was stopped, so that the next one goes on from there.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::figures::{Figures, Group};
use crate::machine::Machine;

mod lock;

use lock::lock;

/// Finished groups in a folder, of one machine, one commit and one set of programs.
#[derive(Debug)]
pub struct Kept {
    file: PathBuf,
    /// What is finished.
    pub figures: Figures,
    /// Held until this is dropped.
    _lock: File,
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
    /// other run. A `fresh` start forgets them all.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or a program cannot be read.
    pub fn open(
        folder: &Path,
        machine: Machine,
        programs: &[PathBuf],
        fresh: bool,
    ) -> Result<(Kept, Found)> {
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be made", folder.display()))?;
        let lock = lock(folder)?;
        if fresh {
            clear(folder)?;
        }
        let file = folder.join(format!("{:016x}.json", identity(&machine, programs)?));
        let earlier = Figures::read(&file).ok();
        let foreign =
            || fs::read_dir(folder).is_ok_and(|files| files.flatten().any(|file| is_kept(&file)));
        let found = match &earlier {
            Some(earlier) => Found::Groups(earlier.groups.len()),
            None if foreign() => Found::Foreign,
            None => Found::Nothing,
        };
        let figures = earlier.unwrap_or(Figures { machine, groups: Vec::new() });
        Ok((Kept { file, figures, _lock: lock }, found))
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

    /// Forgets everything in the folder: this run is finished.
    ///
    /// # Errors
    ///
    /// A file cannot be removed.
    pub fn end(self) -> Result<()> {
        clear(self.file.parent().context("the file is in a folder")?)
    }
}

fn clear(folder: &Path) -> Result<()> {
    for file in fs::read_dir(folder)?.flatten().filter(is_kept) {
        fs::remove_file(file.path())
            .with_context(|| format!("{}: cannot be removed", file.path().display()))?;
    }
    Ok(())
}

fn is_kept(file: &fs::DirEntry) -> bool {
    file.path().extension().is_some_and(|it| it == "json")
}

/// The same number for the same run: figures of different programs must not stand in one table.
fn identity(machine: &Machine, programs: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    // It is the same run on another day, or when the machine was busier.
    let machine = Machine { date: String::new(), load: String::new(), ..machine.clone() };
    hasher.write(serde_json::to_string(&machine)?.as_bytes());
    for program in programs {
        let bytes = fs::read(program).with_context(|| program.display().to_string())?;
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests;
