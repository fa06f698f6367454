//! What one check has to say.

use std::fmt;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As the book assumes.
    Ok,
    /// Different, or missing, and the reader can go on all the same.
    Note,
    /// Chapters 1 to 6 cannot be followed like this.
    Problem,
}

/// One line, and below it what to do. A note or a problem without advice cannot be made.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) mark: Mark,
    about: String,
    found: String,
    advice: Option<String>,
}

impl Finding {
    pub(crate) fn ok(about: &str, found: impl Into<String>) -> Finding {
        Finding {
            mark: Mark::Ok,
            about: about.to_owned(),
            found: found.into(),
            advice: None,
        }
    }

    pub(crate) fn note(
        about: &str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Finding {
        Finding {
            mark: Mark::Note,
            advice: Some(advice.into()),
            ..Finding::ok(about, found)
        }
    }

    pub(crate) fn problem(
        about: &str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Finding {
        Finding {
            mark: Mark::Problem,
            ..Finding::note(about, found, advice)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mark = match self.mark {
            Mark::Ok => "ok",
            Mark::Note => "note",
            Mark::Problem => "problem",
        };
        write!(f, "{mark:8} {}: {}", self.about, self.found)?;
        if let Some(advice) = &self.advice {
            write!(f, "\n{:8} To do: {advice}", "")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn advice_stands_below_the_line() {
        let ok = Finding::ok("cc", "gcc 12");
        assert_eq!(ok.to_string(), "ok       cc: gcc 12");
        let problem = Finding::problem("cc", "is missing", "install it");
        assert_eq!(
            problem.to_string(),
            "problem  cc: is missing\n         To do: install it"
        );
    }
}
