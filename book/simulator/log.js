// What was done and what came of it, told in sentences: seen, heard through the one live region that there is, and found
// by a test. The newest stands first, next to where the reader has acted; the rest follows below.
import { make, reachable } from "./dom.js";

/** The list of the steps that were done, below `notes`, which are heard as well. */
export function log(...notes) {
    const list = make("ol.sim-steps", { reversed: true });
    const box = make("div.sim-log", { role: "log", "aria-live": "polite", "aria-label": "What happened" }, ...notes, list);
    // What is told, as text: only what differs is touched, or all of it would be heard again.
    const told = [];

    function tell(step) {
        const sentences = step.told.map((sentence) => make("p", {}, sentence));
        const item = make("li", {}, make("code", {}, step.line), ending(step.call), ...sentences);
        told.push(JSON.stringify(step));
        item.dataset.step = told.length;
        list.prepend(item);
    }

    return {
        box,
        show(steps) {
            const kept = steps.findIndex((step, at) => JSON.stringify(step) !== told[at]);
            for (const end = kept === -1 ? steps.length : kept; told.length > end; told.pop()) list.firstChild.remove();
            steps.slice(told.length).forEach(tell);
            [...list.children].forEach((item, at) => item.classList.toggle("sim-last", at === 0));
            box.scrollTop = 0;
            reachable(box);
        },
        /** Makes sure that whoever has just acted sees what came of it. The page moves no further than it must. */
        look() {
            list.firstChild?.scrollIntoView({ block: "nearest", behavior: "instant" });
        },
    };
}

/** What the call returned, at a glance. */
function ending(call) {
    if (!call) return "";
    const { name, value, errno, asleep } = call;
    if (asleep) return make("span.sim-ending.sim-sleeps", {}, `${name} sleeps`);
    if (errno) return make("span.sim-ending.sim-fails", {}, `${name} = \u22121 ${errno}`);
    return make("span.sim-ending", {}, `${name} = ${value}`);
}
