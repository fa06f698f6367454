//! What a server does when somebody looks.

use std::time::{Duration, Instant};

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::remove;

use super::manners::*;

pub(super) struct State {
    pub(super) queue: Queue,
    pub(super) lines: Vec<String>,
    pub(super) looks: usize,
    /// How many messages were waiting when it was asked to stop.
    pub(super) stopping: Option<usize>,
    pub(super) asked: Option<Instant>,
    pub(super) looks_when_asked: usize,
    pub(super) ended: bool,
}

/// How many looks a slow server needs for one step.
const PATIENCE: usize = 5;
/// How many looks a patient server needs from when it was asked to stop,
const MANY: usize = 150;
/// and how long: nobody gets there by looking a number of times.
const LONG: Duration = Duration::from_secs(2);

impl State {
    pub(super) fn work(&mut self, manners: u8) {
        self.looks += 1;
        let not_yet = match manners {
            SLOW => self.looks % PATIENCE != 0,
            PATIENT => self.asked.is_some_and(|asked| {
                asked.elapsed() < LONG || self.looks < self.looks_when_asked + MANY
            }),
            _ => false,
        };
        if self.ended || not_yet {
            return;
        }
        let most = match (manners, self.stopping) {
            (SLOW, _) => 1,
            (OPEN_DOOR, Some(waiting)) => waiting,
            _ => usize::MAX,
        };
        let mut lines = Vec::new();
        let mut receiver = Receiver::new(self.queue);
        while lines.len() < most {
            match receiver.try_recv(Select::Any) {
                Ok(Some(message)) => {
                    let text = String::from_utf8_lossy(message.text());
                    lines.push(format!("Server received: {text}"));
                }
                Ok(None) => break,
                Err(_) => return self.ended = true,
            }
        }
        let busy = !lines.is_empty();
        match manners {
            MUTE => {}
            // What was waiting when it was asked, but for the last of it.
            LOSES_LAST if self.stopping.is_some() => {
                lines.pop();
                self.lines.extend(lines);
            }
            SAME_TEXT => {
                let first = self.lines.first().or(lines.first()).cloned();
                self.lines.extend(lines.iter().filter_map(|_| first.clone()));
            }
            SHOUTS => self.lines.extend(lines.into_iter().map(|line| {
                let (before, text) = line.split_at(line.find(": ").map_or(0, |at| at + 2));
                before.to_owned() + &text.to_uppercase()
            })),
            CUTS => self.lines.extend(lines.into_iter().map(|mut line| {
                line.pop();
                line
            })),
            CHATTY => {
                for line in lines {
                    self.lines.extend([format!("Server: {} bytes", line.len()), line]);
                }
            }
            NEWEST_FIRST => self.lines.extend(lines.into_iter().rev()),
            TWICE => self.lines.extend(lines.into_iter().flat_map(|line| [line.clone(), line])),
            _ => self.lines.extend(lines),
        }
        if self.stopping.is_some() && !(manners == SLOW && busy) {
            match manners {
                UNTIDY => self.ended = true,
                _ => self.end(),
            }
            match manners {
                CHATTY => self.lines.push("Server shutting down...".to_owned()),
                STAMMERS => self.lines.extend(self.lines.last().cloned()),
                _ => {}
            }
        }
    }

    pub(super) fn end(&mut self) {
        self.ended = true;
        // If somebody else has removed it, there is nothing to do.
        let _ = remove(self.queue);
    }
}
