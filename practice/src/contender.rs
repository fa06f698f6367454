//! What can be measured, behind a trait, so that a test sees when it is.

/// A way to do something, to be compared with another.
pub trait Contender {
    /// Prepares one run: what that takes is nobody's business.
    fn prepare(&mut self) -> nix::Result<()>;
    /// Does it once.
    fn run(&mut self) -> nix::Result<()>;
}

/// Puts so many numbers in order.
#[derive(Clone, Debug)]
pub struct Sorting {
    count: u32,
    numbers: Vec<u32>,
}

impl Sorting {
    /// So many.
    #[must_use]
    pub fn new(count: u32) -> Sorting {
        Sorting { count, numbers: Vec::new() }
    }
}

impl Contender for Sorting {
    fn prepare(&mut self) -> nix::Result<()> {
        // In no order that anybody would see.
        self.numbers = (0..self.count).map(|number| number.wrapping_mul(2_654_435_761)).collect();
        Ok(())
    }

    fn run(&mut self) -> nix::Result<()> {
        self.numbers.sort_unstable();
        Ok(())
    }
}
