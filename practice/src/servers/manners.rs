//! The numbers of the ways to be a server.

pub(super) const RIGHT: u8 = 0;
pub(super) const SLOW: u8 = 1;
pub(super) const CHATTY: u8 = 2;
pub(super) const OBLIGING: u8 = 3;
pub(super) const MUTE: u8 = 4;
pub(super) const HASTY: u8 = 5;
pub(super) const UNTIDY: u8 = 6;
pub(super) const OPEN_DOOR: u8 = 7;
pub(super) const NEWEST_FIRST: u8 = 8;
pub(super) const TWICE: u8 = 9;
pub(super) const PATIENT: u8 = 10;
pub(super) const LOSES_LAST: u8 = 11;
pub(super) const SAME_TEXT: u8 = 12;
pub(super) const CUTS: u8 = 13;
pub(super) const INVENTS: u8 = 14;
pub(super) const STAMMERS: u8 = 15;
pub(super) const SHOUTS: u8 = 16;
