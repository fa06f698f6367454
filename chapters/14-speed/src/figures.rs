//! The file of figures: what was measured, and on which machine. All else is made from it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::statistics::{Quartiles, ratio};

/// One run of `ch14 measure`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Where and when.
    pub machine: Machine,
    /// In the order of measuring.
    pub groups: Vec<Group>,
}

/// What was measured together, in turns: only figures of one group are compared with each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// What is measured, such as `one-way-2`.
    pub experiment: String,
    /// How large or how many, such as the bytes of a message.
    pub point: u64,
    /// One for each contender.
    pub series: Vec<Series>,
}

/// One contender's samples, one for each round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Its name.
    pub contender: String,
    /// How many operations one sample is the time of.
    pub operations: u64,
    /// Nanoseconds an operation.
    pub ns: Vec<f64>,
    /// How often the processes of a sample went to sleep.
    pub sleeps: Vec<u64>,
    /// How often a processor was taken away from them: involuntary context switches.
    pub interruptions: Vec<u64>,
}

impl Figures {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not of this form.
    pub fn read(file: &Path) -> Result<Figures> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("{}: no figures can be read from there", file.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("{}: this is not a file of figures", file.display()))
    }

    /// The text of the file: JSON, one contender on a line, so that a difference can be read.
    ///
    /// # Errors
    ///
    /// A figure is not a number.
    pub fn text(&self) -> Result<String> {
        let mut text = format!(
            "{{\n\"machine\": {},\n\"groups\": [",
            serde_json::to_string_pretty(&self.machine)?
        );
        for (number, Group { experiment, point, series }) in self.groups.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let series: Vec<String> =
                series.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
            let series = series.join(",\n");
            let experiment = serde_json::to_string(experiment)?;
            write!(
                text,
                "{comma}\n{{\"experiment\":{experiment},\"point\":{point},\"series\":[\n{series}]}}"
            )?;
        }
        text.push_str("\n]\n}\n");
        Ok(text)
    }

    /// The groups of one experiment, in the order of their points.
    pub fn of<'f>(&'f self, experiment: &'f str) -> impl Iterator<Item = &'f Group> {
        self.groups.iter().filter(move |group| group.experiment == experiment)
    }
}

impl Group {
    /// The samples of one contender, if it took part.
    pub fn series(&self, contender: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.contender == contender)
    }

    /// How many times as long the first takes as the second: the median of the ratios, round by
    /// round. `None` if one of them did not take part.
    pub fn ratio(&self, contender: &str, other: &str) -> Option<f64> {
        Some(ratio(&self.series(contender)?.ns, &self.series(other)?.ns))
    }
}

impl Series {
    /// Median and quartiles of the nanoseconds an operation.
    #[must_use]
    pub fn time(&self) -> Quartiles {
        Quartiles::of(&self.ns)
    }

    /// How often the processes of a sample slept for each operation, in the middle.
    #[must_use]
    pub fn sleeps_each(&self) -> f64 {
        self.each(&self.sleeps)
    }

    /// How often they were interrupted for each operation, in the middle.
    #[must_use]
    pub fn interruptions_each(&self) -> f64 {
        self.each(&self.interruptions)
    }

    fn each(&self, counts: &[u64]) -> f64 {
        let counts: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
        Quartiles::of(&counts).median / self.operations as f64
    }
}
