// A session in an address, so that a state can be sent to somebody: simulator.html#s=create+1234;send+3+hello

const PREFIX = "#s=";

/** The fragment for some lines. What a person can read stays readable. */
export function fragment(lines) {
    const written = lines.map((line) => encodeURIComponent(line).replace(/%20/g, "+").replace(/%3A/g, ":"));
    return PREFIX + written.join(";");
}

/** The lines that a fragment stands for; null if it stands for none. A damaged one is an error. */
export function linesOf(hash) {
    if (!hash.startsWith(PREFIX)) return null;
    const written = hash.slice(PREFIX.length).split(";");
    const lines = written.map((line) => decodeURIComponent(line.replace(/\+/g, " ")).trim());
    return lines.filter((line) => line !== "" && !line.startsWith("#"));
}
