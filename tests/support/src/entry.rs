//! The kernel's own list of message queues, `/proc/sysvipc/msg`.

use std::fs;

/// One line of `/proc/sysvipc/msg`: a queue as the kernel describes it to everybody.
///
/// The list is that of the reading thread's IPC namespace. It shows queues that the reader may not
/// open, too. The names are the column headings; `qbytes` is not among the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the columns of proc_sysvipc(5), one for one")]
pub struct Entry {
    pub key: i32,
    pub msqid: i32,
    /// Permission bits: 0o600, not 600.
    pub perms: u32,
    pub cbytes: u64,
    pub qnum: u64,
    pub lspid: i32,
    pub lrpid: i32,
    pub uid: u32,
    pub gid: u32,
    pub cuid: u32,
    pub cgid: u32,
    pub stime: i64,
    pub rtime: i64,
    pub ctime: i64,
}

impl Entry {
    /// Every queue in this thread's IPC namespace.
    ///
    /// # Panics
    ///
    /// When the list cannot be read: `/proc` is not mounted, or the kernel has no System V IPC.
    pub fn all() -> Vec<Entry> {
        const LIST: &str = "/proc/sysvipc/msg";
        let list = fs::read_to_string(LIST).unwrap_or_else(|error| {
            panic!("cannot list the message queues: {LIST}: {error} (is /proc mounted?)")
        });
        let lines = list.lines().skip(1); // the column headings
        lines
            .map(|line| {
                Entry::parse(line).unwrap_or_else(|| panic!("unexpected line in {LIST}: {line}"))
            })
            .collect()
    }

    fn parse(line: &str) -> Option<Entry> {
        let mut columns = line.split_ascii_whitespace();
        let entry = Entry {
            key: columns.next()?.parse().ok()?,
            msqid: columns.next()?.parse().ok()?,
            perms: u32::from_str_radix(columns.next()?, 8).ok()?,
            cbytes: columns.next()?.parse().ok()?,
            qnum: columns.next()?.parse().ok()?,
            lspid: columns.next()?.parse().ok()?,
            lrpid: columns.next()?.parse().ok()?,
            uid: columns.next()?.parse().ok()?,
            gid: columns.next()?.parse().ok()?,
            cuid: columns.next()?.parse().ok()?,
            cgid: columns.next()?.parse().ok()?,
            stime: columns.next()?.parse().ok()?,
            rtime: columns.next()?.parse().ok()?,
            ctime: columns.next()?.parse().ok()?,
        };
        columns.next().is_none().then_some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::Entry;

    #[test]
    fn columns_go_where_they_belong() {
        let line = "-1 32769  640 5 2 11 12 1000 1001 1002 1003 1700000001 1700000002 1700000003";
        let entry = Entry::parse(line).expect("fourteen columns");
        assert_eq!((entry.key, entry.msqid, entry.perms), (-1, 32769, 0o640));
        assert_eq!((entry.cbytes, entry.qnum), (5, 2));
        assert_eq!((entry.lspid, entry.lrpid), (11, 12));
        assert_eq!((entry.uid, entry.gid, entry.cuid, entry.cgid), (1000, 1001, 1002, 1003));
        assert_eq!(entry.stime, 1_700_000_001);
        assert_eq!(entry.ctime, 1_700_000_003);
    }

    #[test]
    fn missing_and_surplus_columns_are_refused() {
        assert_eq!(Entry::parse("1 2 600"), None);
        assert_eq!(Entry::parse("1 2 600 0 0 0 0 0 0 0 0 0 0 0 0"), None);
    }
}
