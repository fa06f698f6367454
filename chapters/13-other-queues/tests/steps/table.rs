//! The table: each cell is observed anew, and compared.
//!
//! `TABLE=overwrite cargo test -p ch13-other-queues` writes down what was observed instead.

mod cells;
mod crowd;
mod deaths;
mod limits;
mod messages;
mod staying;
mod waiting;

use cells::{assert_cell, cell, column, compare, replace, sourced};
use crowd::Crowd;
use limits::Limits;
use messages::Choice;
use staying::Staying;
use waiting::Timed;

use ch13_other_queues::{Pipe, SystemV, TABLE, rows};

use crate::{Tried, alone};

/// All that is tried with a mechanism.
trait Observed: Choice + Timed + Crowd + Staying + Limits {}
impl<Q: Choice + Timed + Crowd + Staying + Limits> Observed for Q {}

/// A test for each cell of each row: `table::posix::timeout_is_as_the_table_says`.
macro_rules! rows_are_observed {
    ($($row:literal $test:ident $observe:path,)*) => {
        $(fn $test<Q: Observed>(room: &support::Room) {
            let observed = $observe(room, Q::pair_in(room));
            assert_cell::<Q>($row, observed);
        })*
        for_each_mechanism!($($test,)*);

        const OBSERVED: &[&str] = &[$($row),*];
    };
}

rows_are_observed!(
    "Boundaries kept" boundaries_are_as_the_table_says messages::boundaries,
    "Empty message" empty_message_is_as_the_table_says messages::empty,
    "Choice of a message" choice_is_as_the_table_says messages::choice,
    "Timeout" timeout_is_as_the_table_says waiting::timeout,
    "poll" poll_is_as_the_table_says waiting::poll,
    "Sender known" sender_is_known_as_the_table_says crowd::sender_known,
    "Several senders" several_senders_are_as_the_table_says crowd::several_senders,
    "Several receivers" several_receivers_are_as_the_table_says crowd::several_receivers,
    "Sender's death noticed" death_of_the_sender_is_as_the_table_says deaths::sender,
    "Receiver's death noticed" death_of_the_receiver_is_as_the_table_says deaths::receiver,
    "Survives the programs" message_without_programs_is_as_the_table_says staying::message,
    "Left for you to remove" remains_are_as_the_table_says staying::remains,
    "Longest message, by default" longest_message_is_as_the_table_says limits::longest,
    "What can wait, by default" capacity_is_as_the_table_says limits::capacity,
);

#[test]
fn cells_that_are_not_observed_name_their_source() {
    for row in rows(TABLE).iter().filter(|row| !OBSERVED.contains(&row.property.as_str())) {
        for cell in &row.cells {
            assert!(sourced(cell, TABLE), "{}: {cell} names no source", row.property);
        }
    }
}

#[test]
fn rows_are_all_there_once() {
    let rows: Vec<String> = rows(TABLE).into_iter().map(|row| row.property).collect();
    let elsewhere = ["Survives a restart", "Other machine", "Other platforms"];
    assert_eq!(rows, [OBSERVED, &elsewhere].concat());
}

#[test]
fn wrong_cells_are_reported() {
    alone(|room| {
        let observed = waiting::poll(room, Pipe::pair_in(room));
        let right = cell::<Pipe>(TABLE, "poll");
        assert_eq!(compare(&right, &observed, TABLE), Ok(()));
        for lie in ["no", "", "yes and no", "no[^msgget]"] {
            let table = replace(TABLE, "poll", column::<Pipe>(), lie);
            let wrong = cell::<Pipe>(&table, "poll");
            assert!(compare(&wrong, &observed, &table).is_err(), "{lie}");
        }

        let observed = waiting::poll(room, SystemV::pair_in(room));
        let right = cell::<SystemV>(TABLE, "poll");
        assert_eq!(compare(&right, &observed, TABLE), Ok(()));
        for lie in ["no", "yes", "yes[^msgget]", "no[^nowhere]"] {
            assert!(compare(lie, &observed, TABLE).is_err(), "{lie}");
        }
    });
}
