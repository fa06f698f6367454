//! What is plotted.

/// Lines: one experiment at several points.
pub(super) struct Lines {
    /// Its name in the file of figures, and that of the plot.
    pub(super) experiment: &'static str,
    pub(super) title: &'static str,
    /// What is on the axis below.
    pub(super) points: &'static str,
    /// The contenders that are drawn, and how the plot calls them.
    pub(super) names: &'static [(&'static str, &'static str)],
}

/// Dots: two experiments that have one point each.
pub(super) struct Dots {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// Experiments, and how the plot calls them.
    pub(super) experiments: [(&'static str, &'static str); 2],
}

/// Bare calls are left out: their line is where the library's is.
const MECHANISMS: &[(&str, &str)] = &[
    ("system-v", "System V"),
    ("posix", "POSIX"),
    ("seqpacket", "seqpacket"),
    ("datagram", "datagram"),
    ("pipe", "pipe"),
    ("ipc-channel", "ipc-channel"),
    ("ring", "ring"),
    ("semaphores", "semaphores"),
];

pub(super) const LINES: &[Lines] = &[
    Lines {
        experiment: "one-way-1",
        title: "One way on one processor: time a message",
        points: "bytes in a message",
        names: MECHANISMS,
    },
    Lines {
        experiment: "one-way-2",
        title: "One way on two processors: time a message",
        points: "bytes in a message",
        names: MECHANISMS,
    },
    Lines {
        experiment: "senders",
        title: "Many senders: time a message of 32 bytes",
        points: "sending processes",
        names: MECHANISMS,
    },
    Lines {
        experiment: "length",
        title: "A long queue: time a call",
        points: "messages in the queue already",
        names: &[
            ("oldest", "the oldest"),
            ("type", "by type, last"),
            ("lowest", "lowest type"),
            ("peek-oldest", "peek, oldest"),
            ("peek-last", "peek, last"),
        ],
    },
    Lines {
        experiment: "capacity",
        title: "8,192 bytes, one way: time a message",
        points: "bytes that the queue holds",
        names: &[("apart", "2 processors"), ("together", "1 processor")],
    },
];

pub(super) const DOTS: &[Dots] = &[Dots {
    name: "round-trip",
    title: "There and back, 32 bytes: time a round trip",
    experiments: [("round-trip-1", "one processor"), ("round-trip-2", "two processors")],
}];
