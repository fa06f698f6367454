// What the tests of the simulator share: a component as the page shows it, and how to reach it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { html, open } from "../book.mjs";
import { scenes, shown } from "./parts.mjs";

export { native, scenes, shown } from "./parts.mjs";

export let book;
before(async () => { book = await open(); });
after(() => book?.close());

export const PLAYGROUND = "simulator.html";
export const still = { reducedMotion: "reduce" };
export const narrow = { viewport: { width: 360, height: 740 } };

/** Brings a component into view and waits until it is alive. */
export async function alive(page, id) {
    const sim = page.locator(`#${id}`);
    await sim.scrollIntoViewIfNeeded();
    await sim.locator(".sim-stage").waitFor({ timeout: 10_000 });
    return sim;
}

/** The same for the playground, which is the component without steps. */
export const alivePlayground = async (page) => alive(page, await page.locator('.sim[data-steps=""]').getAttribute("id"));

export const focused = (page) => page.evaluate(() => document.activeElement.textContent);

/** Presses Tab until the focus is on `wanted`. */
export async function tabTo(page, wanted) {
    for (let stop = 0; stop < 300; stop += 1) {
        await page.keyboard.press("Tab");
        if (await wanted.evaluate((one) => one === document.activeElement)) return;
    }
    assert.fail(`Tab never reaches ${wanted}`);
}

/** A scene to try the component with: the first that asks something and has a few steps. */
export function example() {
    for (const { path } of scenes()) {
        for (const [, id, steps] of html(path).matchAll(/<section class="sim" id="([^"]+)"[^>]*data-steps="([^"]*)">\s*<p class="sim-title">[^]*?<\/p>\s*<p class="sim-question">/g)) {
            if (steps.split("\n").length >= 3) return { path, id };
        }
    }
    return assert.fail("no scene asks a question and has three steps");
}

export async function playground(options = still) {
    const page = await book.visit(PLAYGROUND, options);
    const sim = await alivePlayground(page);
    const input = sim.getByLabel("Command");
    const type = async (line) => {
        await input.fill(line);
        await input.press("Enter");
    };
    return { page, sim, input, type, lines: async () => (await sim.evaluate(shown)).steps.map(([line]) => line) };
}

/** Is the whole of it on the screen, and not behind the bar above or the buttons below? Runs in the page. */
export const seen = (one) => {
    const { left, top, bottom, height } = one.getBoundingClientRect();
    const there = (y) => one.contains(document.elementFromPoint(left + 4, y));
    return height > 0 && top >= 0 && bottom <= innerHeight + 1 && there(top + 2) && there(bottom - 3);
};
