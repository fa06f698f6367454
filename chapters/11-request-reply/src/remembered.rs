//! The last answers, so that a request that comes twice is done once.

use std::collections::VecDeque;

use ch02_create::Queue;

/// How many callers' answers are remembered, one for each.
pub(crate) const CALLERS: usize = 256;

/// The last answer for each of the callers that were answered last.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    /// The oldest first.
    answers: VecDeque<Answer>,
}

#[derive(Debug)]
struct Answer {
    caller: Queue,
    number: u64,
    bytes: Vec<u8>,
}

impl Remembered {
    /// What this caller was answered to this request.
    pub(crate) fn answer(&self, caller: Queue, number: u64) -> Option<&[u8]> {
        let answer = self.answers.iter().rev().find(|answer| answer.caller == caller)?;
        (answer.number == number).then_some(&*answer.bytes)
    }

    /// Remembers it, in place of the caller's last one, or of the one that is longest ago.
    pub(crate) fn remember(&mut self, caller: Queue, number: u64, bytes: Vec<u8>) -> &[u8] {
        let before = self.answers.iter().position(|answer| answer.caller == caller);
        if let Some(index) = before.or((self.answers.len() == CALLERS).then_some(0)) {
            self.answers.remove(index);
        }
        self.answers.push_back(Answer { caller, number, bytes });
        &self.answers[self.answers.len() - 1].bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{CALLERS, Remembered};
    use ch02_create::Queue;

    #[test]
    fn one_answer_for_each_of_the_last_callers_is_remembered() {
        let mut remembered = Remembered::default();
        let caller = |id: usize| Queue::from_id(id as i32);
        for id in 0..CALLERS {
            remembered.remember(caller(id), 7, vec![id as u8]);
        }
        assert_eq!(remembered.answer(caller(0), 7), Some(&[0][..]));
        assert_eq!(remembered.answer(caller(0), 8), None);

        remembered.remember(caller(0), 8, vec![1]);
        assert_eq!(remembered.answer(caller(0), 7), None);
        assert_eq!(remembered.answer(caller(1), 7), Some(&[1][..]));

        remembered.remember(caller(CALLERS), 7, vec![]);
        assert_eq!(remembered.answer(caller(1), 7), None, "it was longest ago");
        assert_eq!(remembered.answer(caller(0), 8), Some(&[1][..]));
        assert_eq!(remembered.answers.len(), CALLERS);
    }
}
