// The simulators of the pages, and what one of them shows; any browser can run this.
import assert from "node:assert/strict";
import { chapters, html } from "../book.mjs";

/** The pages that have a simulator, with the names of those. */
export const scenes = () => {
    const ids = (path) => [...html(path).matchAll(/<section class="sim" id="([^"]+)"/g)].map((match) => match[1]);
    const found = chapters().map((path) => ({ path, ids: ids(path) })).filter(({ ids }) => ids.length > 0);
    assert.ok(found.length > 0, "no page of the book has a simulator");
    return found;
};

/** A component as a page without scripts shows it: its lines, each with what is told of it, and the picture of the end. Runs in the page. */
export function native(root) {
    const close = (one) => one?.textContent.replace(/\s+/g, "");
    const tell = (item) => [item.querySelector("code"), ...item.querySelectorAll("p")].map((one) => one.textContent);
    return {
        steps: [...root.querySelectorAll(".sim-told > li")].map(tell),
        picture: close([...root.querySelectorAll(".sim-fallback .sim-picture")].at(-1)),
        answer: root.querySelector(".sim-answer")?.textContent ?? "",
        open: root.dataset.steps === "",
    };
}

/** The same of the component as it stands now. Runs in the page. */
export function shown(root) {
    const tell = (item) => [item.querySelector("code"), ...item.querySelectorAll("p")].map((one) => one.textContent);
    return {
        steps: [...root.querySelectorAll(".sim-steps > li")].map(tell).reverse(),
        picture: root.querySelector(".sim-view .sim-picture").textContent.replace(/\s+/g, ""),
        answer: root.querySelector(".sim-reveal .sim-answer")?.textContent ?? "",
    };
}
