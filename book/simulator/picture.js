// The picture of a state, and how it moves from one state to the next.

import { reachable } from "./dom.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const MOVES = "[data-serial]";

/** Where every message is drawn, by its serial number. */
function places(view) {
    return new Map([...view.querySelectorAll(MOVES)].map((one) => [one.dataset.serial, one.getBoundingClientRect()]));
}

/**
 * Shows `html`, which the model has made and escaped, and marks the processes that `woken` names. A message that was
 * there before glides to its new place, a new one comes in from the sender's side.
 */
export function show(view, html, woken = []) {
    const before = view.firstElementChild && !still.matches ? places(view) : null;
    view.innerHTML = html;
    for (const process of view.querySelectorAll(".sim-process")) {
        process.classList.toggle("sim-woken", woken.includes(process.dataset.name));
    }
    for (const queue of view.querySelectorAll(".sim-queue")) reachable(queue);
    if (!before) return;
    for (const one of view.querySelectorAll(MOVES)) {
        const was = before.get(one.dataset.serial);
        const is = one.getBoundingClientRect();
        const [x, y] = was ? [was.left - is.left, was.top - is.top] : [-24, 0];
        if (was && x === 0 && y === 0) continue;
        one.animate(
            [{ transform: `translate(${x}px, ${y}px)`, opacity: was ? 1 : 0 }, { transform: "none", opacity: 1 }],
            { duration: 400, easing: "cubic-bezier(.2, .7, .2, 1)" },
        );
    }
}
