// What was done and what came of it, told in sentences: seen, heard through a live region, and found by a test.
import { make } from "./dom.js";

/** The list of steps. Those of a scene stand there from the beginning, and are told one after the other. */
export function log(ahead) {
    const waiting = (line) => make("li", {}, make("code", {}, line));
    const list = make("ol.sim-steps", {}, ...ahead.map(waiting));
    const box = make("div.sim-log", { role: "log", "aria-live": "polite", "aria-label": "What happened", tabIndex: 0 }, list);
    // What is told, as text: only what differs is touched, or all of it would be heard again.
    const told = [];

    function forget() {
        told.pop();
        const item = list.children[told.length];
        if (told.length < ahead.length) item.replaceWith(waiting(ahead[told.length]));
        else item.remove();
    }

    function tell(step) {
        if (told.length === list.children.length) list.append(waiting(step.line));
        list.children[told.length].append(ending(step.call), ...step.told.map((sentence) => make("p", {}, sentence)));
        told.push(JSON.stringify(step));
    }

    return {
        box,
        show(steps) {
            const kept = steps.findIndex((step, at) => JSON.stringify(step) !== told[at]);
            while (told.length > (kept === -1 ? steps.length : kept)) forget();
            steps.slice(told.length).forEach(tell);
            [...list.children].forEach((item, at) => {
                item.classList.toggle("sim-done", at < told.length);
                item.classList.toggle("sim-last", at === told.length - 1);
            });
            // Within the box only: the page stays where it is. In the next frame, because a state that a link has restored is
            // told before it is on the page, and has no height until then.
            const last = list.children[told.length - 1];
            requestAnimationFrame(() => { box.scrollTop = last ? last.offsetTop + last.offsetHeight - box.clientHeight : 0; });
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
