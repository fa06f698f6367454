//! Who may talk: owners, modes, limits, and the list of all queues.

mod settings;

pub use settings::Settings;
