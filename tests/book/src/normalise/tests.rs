use super::*;

#[test]
fn the_owner_is_you_and_the_next_column_stays_in_place() {
    let output = "
------ Message Queues --------
key        msqid      owner      perms      used-bytes   messages    
0x000004d2 0          root       600        12           2           

";
    let expected = "
------ Message Queues --------
key        msqid      owner      perms      used-bytes   messages
0x000004d2 0          [you]      600        12           2
";
    assert_eq!(normalise(output), expected);
    assert_eq!(normalise(&output.replace("root      ", "ferdinand ")), expected);
}

#[test]
fn process_id_differs_from_nobody() {
    let output = |pid: &str| {
        format!(
            "msqid      owner      lspid      lrpid     \n\
             0        root       {pid:>10}         0\n"
        )
    };
    let expected = "msqid      owner      lspid      lrpid\n\
                    0        [you]           [pid]         0\n";
    for pid in ["7", "4711", "23158", "4194304"] {
        assert_eq!(normalise(&output(pid)), expected);
    }
}

#[test]
fn date_differs_from_never() {
    let output = "msqid    owner      send                 recv                 change    \n\
                  0        root       Nov 22 19:27:39      Not set              Nov  2 19:27:39\n";
    let expected = "msqid    owner      send                 recv                 change\n\
                    0        [you]      [time]               Not set              [time]\n";
    assert_eq!(normalise(output), expected);
}

#[test]
fn the_kernels_own_table_keeps_its_columns() {
    let output = "  key msqid lspid lrpid   uid      stime      rtime\n \
                  1234     0  4711     0     0 1795375659          0\n";
    let expected = "  key msqid lspid lrpid   uid      stime      rtime\n \
                    1234     0 [pid]     0 [uid]     [time]          0\n";
    assert_eq!(normalise(output), expected);
}

#[test]
fn values_that_carry_their_names_are_replaced_too() {
    let output = "Message Queue msqid=0\nuid=0\tgid=0\tmode=0644\ncbytes=5\tlspid=812\tlrpid=0\n\
                  send_time=Not set                   \nchange_time=Sun Nov 22 19:27:39 2026  \n";
    let expected = "Message Queue msqid=0\nuid=[uid]\tgid=[gid]\tmode=0644\n\
                    cbytes=5\tlspid=[pid]\tlrpid=0\n\
                    send_time=Not set\nchange_time=[time]\n";
    assert_eq!(normalise(output), expected);
    let output =
        "Owner:         root      \nMsg sender:    812       \nMsg receiver:  0         \n";
    let expected = "Owner:         [you]\nMsg sender:    [pid]\nMsg receiver:  0\n";
    assert_eq!(normalise(output), expected);
}

#[test]
fn limits_stay_as_they_are() {
    let output = "------ Messages Limits --------\nmax queues system wide = 32000\n";
    assert_eq!(normalise(output), output);
}

#[test]
fn programs_of_the_book_name_processes_and_owners() {
    let output = "owner     uid 0, gid 100\nlast sent by process 4711\nprocess it\nsubprocess 7\n";
    let expected = "owner     [you]\nlast sent by process [pid]\nprocess it\nsubprocess 7\n";
    assert_eq!(normalise_program(output), expected);
}
