//! The options that both programs have, and how their values are read.

use std::path::PathBuf;

use clap::Args;

use super::escape::escaped;
use super::failure;
use crate::{Key, Mode};

/// Which queue: a number, or a file that stands for one.
#[derive(Args, Clone, Debug)]
pub struct KeyOptions {
    /// The queue's key, the same for server and client: 1234, or 0x4d2 as ipcs prints it
    #[arg(long, value_name = "K", default_value = "1234", allow_hyphen_values = true)]
    key: Key,

    /// Make the key of this file, as ftok(3) does
    #[arg(long, value_name = "PATH", conflicts_with = "key", allow_hyphen_values = true)]
    file: Option<PathBuf>,

    /// With --file: which of the file's 255 keys
    #[arg(
        long,
        value_name = "N",
        requires = "file",
        allow_hyphen_values = true,
        value_parser = clap::value_parser!(u8).range(1..)
    )]
    project: Option<u8>,
}

impl KeyOptions {
    /// The key that was asked for.
    ///
    /// # Errors
    ///
    /// A sentence for the user: no key can be made of the file.
    pub fn key(&self) -> anyhow::Result<Key> {
        let Some(path) = &self.file else {
            return Ok(self.key);
        };
        Key::from_file(path, self.project.unwrap_or(1)).map_err(|errno| {
            let tried = format!(
                "no key can be made of {}, which has to exist and be within reach of both server and client",
                escaped(path)
            );
            failure(tried, errno.desc(), errno)
        })
    }
}

/// The mode of a queue that its maker reads from.
///
/// # Errors
///
/// A sentence for the user: it is no mode, or not one for a reader.
pub fn parse_mode(text: &str) -> Result<Mode, String> {
    libc::mode_t::from_str_radix(text, 8)
        .ok()
        .filter(|bits| *bits <= 0o777)
        .and_then(Mode::from_bits)
        .ok_or_else(|| "a mode is three octal digits, such as 600 or 660".to_owned())
        .and_then(|mode| {
            if mode.contains(Mode::S_IRUSR) {
                Ok(mode)
            } else {
                Err("a server has to read from its own queue: the first digit is 4 or more"
                    .to_owned())
            }
        })
}
