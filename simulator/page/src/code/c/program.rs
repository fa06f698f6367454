//! The steps as one program.

use alloc::format;
use alloc::string::String;

use crate::code::{Code, contains};

/// What is included or defined, and what in the code asks for it.
const ABOVE: [(&str, &[&str]); 4] = [
    ("#define _GNU_SOURCE\n", &["MSG_EXCEPT", "MSG_COPY"]),
    ("#include <limits.h>\n", &["LONG_MIN"]),
    ("#include <stddef.h>\n", &["NULL"]),
    ("#include <string.h>\n", &["memcpy(", "memset("]),
];

const WHOSE: &str = "    /* Above each call stands whose it is: these are several processes.
       A single one would sleep for ever where a call sleeps. */
";

pub(crate) fn program(codes: &[Code], several: bool) -> String {
    let uses_id = codes.iter().any(|code| contains(&code.c, "(id,"));
    let mut body = String::new();
    for code in codes {
        if several && !code.by.is_empty() {
            body.extend(["\n    /* ", &code.by, " */\n"]);
        }
        for line in code.c.lines() {
            // A variable that nobody reads is worth a warning to the compiler.
            match line.strip_prefix("id = ").filter(|_| !uses_id) {
                None => body.extend(["    ", line, "\n"]),
                Some(call) if call.starts_with("msgget") => body.extend(["    ", call, "\n"]),
                Some(_) => {}
            }
        }
    }
    let mut program = String::new();
    for (line, asks) in ABOVE {
        if asks.iter().any(|wanted| contains(&body, wanted)) {
            program.push_str(line);
        }
    }
    program.push_str("#include <sys/msg.h>\n\nint main(void)\n{\n");
    if several && codes.iter().any(|code| code.sleeps) {
        program.push_str(WHOSE);
    }
    let declared = program.len();
    if uses_id {
        program.push_str("    int id = -1;\n");
    }
    if contains(&body, "(id, &msg,") {
        // Room for the longest message, sent or received; C has no empty arrays.
        let room = codes.iter().fold(1, |most, code| most.max(code.room));
        program.push_str(&format!("    struct {{ long mtype; char mtext[{room}]; }} msg;\n"));
    }
    if contains(&body, "&status") {
        program.push_str("    struct msqid_ds status;\n");
    }
    if program.len() > declared {
        program.push('\n');
    }
    program.extend([body.trim_start_matches('\n'), "    return 0;\n}\n"]);
    program
}
