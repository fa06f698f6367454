// A session in an address, so that a state can be sent to somebody: simulator.html#s=create+1234;send+3+hello
// And in the browser's memory for this tab, so that loading the page again loses nothing.

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

const PLACE = "simulator";

/** Remembers the lines that were done, and whether they follow on the page's own beginning. */
export function remember(fromHome, done) {
    try {
        sessionStorage.setItem(PLACE, JSON.stringify({ fromHome, done }));
    } catch {
        // Not every browser lets a page remember something; nothing else depends on it.
    }
}

/** What was remembered, or null. */
export function remembered() {
    try {
        const { fromHome, done } = JSON.parse(sessionStorage.getItem(PLACE));
        return done.length > 0 || !fromHome ? { fromHome, done } : null;
    } catch {
        return null;
    }
}
