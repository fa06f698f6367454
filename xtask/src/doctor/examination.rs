//! All the checks, one after the other, and the verdict.

use std::process::ExitCode;

use nix::unistd::geteuid;

use super::finding::{Finding, Mark};
use super::machine::Machine;
use super::{kernel, limits, namespaces, queues, rust, tools, trial};

pub(crate) fn run() -> ExitCode {
    let findings = examine(&Machine::this());
    for finding in &findings {
        println!("{finding}");
    }
    let problems = findings
        .iter()
        .filter(|finding| finding.mark == Mark::Problem)
        .count();
    println!("{}", verdict(problems));
    if problems == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn examine(machine: &Machine) -> Vec<Finding> {
    let namespaces = namespaces::Permission::ask();
    let mut findings = vec![kernel::check(machine)];
    findings.extend(trial::check(machine));
    findings.push(limits::check(machine));
    findings.extend(queues::check(machine, &namespaces, geteuid()));
    findings.push(namespaces.check(machine));
    findings.push(rust::check());
    findings.extend(tools::check());
    findings
}

fn verdict(problems: usize) -> String {
    match problems {
        0 => "This machine will do.".to_owned(),
        1 => "Mend the problem above first.".to_owned(),
        _ => format!("Mend the {problems} problems above first."),
    }
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn verdict_counts_in_words_that_fit() {
        assert_eq!(verdict(0), "This machine will do.");
        assert_eq!(verdict(1), "Mend the problem above first.");
        assert_eq!(verdict(3), "Mend the 3 problems above first.");
    }
}
