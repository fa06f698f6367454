// A session in an address, so that a state can be sent to somebody: simulator.html#s=create+1234;send+3+hello

const PREFIX = "#s=";

/** The fragment for some lines. What a person can read stays readable. */
export function fragment(lines) {
    const written = lines.map((line) => encodeURIComponent(line).replace(/%20/g, "+").replace(/%3A/g, ":"));
    return PREFIX + written.join(";");
}

/** The lines that a fragment stands for; null if it stands for none, or is damaged. */
export function linesOf(hash) {
    if (!hash.startsWith(PREFIX)) return null;
    try {
        const written = hash.slice(PREFIX.length).split(";");
        return written.map((line) => decodeURIComponent(line.replace(/\+/g, " ")).trim()).filter((line) => line !== "" && !line.startsWith("#"));
    } catch {
        return null;
    }
}
