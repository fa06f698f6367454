// The simulator on the page: each scene played by keyboard, and compared with what the model said natively while the
// book was built, which is what the page shows without scripts.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { axe } from "./axe.mjs";
import { chapters, html, open, tooWide } from "./book.mjs";
import { built } from "./server.mjs";

let book;
before(async () => { book = await open(); });
after(() => book?.close());

const LARGEST = 60_000;
const PLAYGROUND = "simulator.html";
const MODULE = /\/simulator\/(simulator\.js|simulator\.wasm)$/;
const still = { reducedMotion: "reduce" };
const narrow = { viewport: { width: 360, height: 740 } };

/** The pages that have a simulator, with the names of those. */
const scenes = () => {
    const ids = (path) => [...html(path).matchAll(/<section class="sim" id="([^"]+)"/g)].map((match) => match[1]);
    const found = chapters().map((path) => ({ path, ids: ids(path) })).filter(({ ids }) => ids.length > 0);
    assert.ok(found.length > 0, "no page of the book has a simulator");
    return found;
};

/** Brings a component into view and waits until it is alive. */
async function alive(page, id) {
    const sim = page.locator(`#${id}`);
    await sim.scrollIntoViewIfNeeded();
    await sim.locator(".sim-stage").waitFor({ timeout: 10_000 });
    return sim;
}

/** A component as a page without scripts shows it: its lines, each with what is told of it, and the picture of the end. Runs in the page. */
function native(root) {
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
function shown(root) {
    const tell = (item) => [item.querySelector("code"), ...item.querySelectorAll("p")].map((one) => one.textContent);
    return {
        steps: [...root.querySelectorAll(".sim-steps > .sim-done")].map(tell),
        picture: root.querySelector(".sim-view .sim-picture").textContent.replace(/\s+/g, ""),
        answer: root.querySelector(".sim-reveal .sim-answer")?.textContent ?? "",
    };
}

const focused = (page) => page.evaluate(() => document.activeElement.textContent);

/** Presses Tab until the focus is on `wanted`. */
async function tabTo(page, wanted) {
    for (let stop = 0; stop < 300; stop += 1) {
        await page.keyboard.press("Tab");
        if (await wanted.evaluate((one) => one === document.activeElement)) return;
    }
    assert.fail(`Tab never reaches ${wanted}`);
}

test("every scene, played by keyboard, says what the model said natively", async (t) => {
    const page = await book.visit("index.html", still);
    let played = 0;
    for (const { path, ids } of scenes()) {
        for (const id of ids) {
            await t.test(`${path} ${id}`, async () => {
                page.complaints.length = 0;
                await page.go(path);
                const sim = await alive(page, id);
                const expected = await sim.evaluate(native);
                if (expected.open) return;
                const step = sim.getByRole("button", { name: "Step" });
                await page.evaluate((id) => {
                    // Tab goes on from here.
                    const root = document.getElementById(id);
                    root.tabIndex = -1;
                    root.focus();
                }, id);
                await tabTo(page, step);
                for (const [at, told] of expected.steps.entries()) {
                    assert.equal((await sim.evaluate(shown)).answer, "", "the answer comes too early");
                    await page.keyboard.press(at % 2 === 0 ? "Enter" : "Space");
                    assert.deepEqual((await sim.evaluate(shown)).steps.at(-1), told, `step ${at + 1}`);
                    assert.equal(await focused(page), "Step", "the focus has gone away");
                }
                const { steps, picture, answer } = await sim.evaluate(shown);
                assert.deepEqual(steps, expected.steps);
                assert.equal(picture, expected.picture);
                assert.equal(answer, expected.answer);
                await page.keyboard.press("Enter");
                assert.equal((await sim.evaluate(shown)).steps.length, expected.steps.length, "a step after the last");
                assert.deepEqual(page.complaints, []);
                played += 1;
            });
        }
    }
    assert.ok(played > 0, "no scene was played");
    await page.context().close();
});

/** A scene to try the component with: the first that asks something and has a few steps. */
function example() {
    for (const { path } of scenes()) {
        for (const [, id, steps] of html(path).matchAll(/<section class="sim" id="([^"]+)"[^>]*data-steps="([^"]*)">\s*<p class="sim-title">[^]*?<\/p>\s*<p class="sim-question">/g)) {
            if (steps.split("\n").length >= 3) return { path, id };
        }
    }
    return assert.fail("no scene asks a question and has three steps");
}

test("nothing of the simulator is fetched before a component comes near the screen", async () => {
    const page = await book.visit("index.html", { viewport: { width: 1280, height: 500 } });
    const asked = [];
    page.on("request", (request) => { if (MODULE.test(request.url())) asked.push(request.url()); });
    let far = 0;
    for (const { path, ids } of scenes()) {
        asked.length = 0;
        await page.goto("about:blank");
        await page.go(path);
        await page.waitForLoadState("networkidle");
        const { y } = await page.locator(`#${ids[0]}`).boundingBox();
        if (y < 1000) continue;
        far += 1;
        assert.deepEqual(asked, [], `${path} fetches the simulator ${y} pixels away from it`);
        await alive(page, ids[0]);
        assert.equal(asked.length, 2, `${path}: ${asked}`);
    }
    assert.ok(far > 0, "every component is on the first screen");
    await page.context().close();
});

test("undo and reset lead back, step by step", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const sim = await alive(page, id);
    const press = (name) => sim.getByRole("button", { name }).click();
    const seen = [await sim.evaluate(shown)];
    for (const _ of [1, 2, 3]) {
        await press("Step");
        seen.push(await sim.evaluate(shown));
    }
    assert.notDeepEqual(seen[0], seen[3]);
    await press("Undo");
    assert.deepEqual(await sim.evaluate(shown), seen[2]);
    assert.match(await sim.locator(".sim-status").textContent(), /^Undone: /);
    await press("Step");
    assert.deepEqual(await sim.evaluate(shown), seen[3]);
    await press("Reset");
    assert.deepEqual(await sim.evaluate(shown), seen[0]);
    const undo = sim.getByRole("button", { name: "Undo" });
    assert.equal(await undo.getAttribute("aria-disabled"), "true");
    await undo.press("Enter");
    assert.deepEqual(await sim.evaluate(shown), seen[0], "there is nothing to undo");
    await page.context().close();
});

test("a prediction is asked for first, and stands beside the answer", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const sim = await alive(page, id);
    const field = sim.getByLabel("Your prediction");
    await field.fill("<b>the first</b>");
    // The page's own keys are off here: an arrow would turn the page, a slash would search.
    await field.press("ArrowRight");
    await field.press("/");
    assert.ok(page.url().endsWith(path));
    await field.press("Enter");
    assert.equal((await sim.evaluate(shown)).steps.length, 1);
    assert.equal(await focused(page), "Step");
    assert.equal(await field.isVisible(), false);
    await sim.getByRole("button", { name: "Run to the end" }).click();
    assert.equal(await sim.locator(".sim-predicted").textContent(), "You predicted: <b>the first</b>/");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("a run goes on by itself, and stops when asked", async () => {
    const { path, id } = example();
    const page = await book.visit(path);
    const sim = await alive(page, id);
    const done = () => sim.locator(".sim-done").count();
    await sim.getByRole("button", { name: "Run to the end" }).click();
    assert.equal(await done(), 1);
    await sim.locator(".sim-done").nth(1).waitFor();
    await sim.getByRole("button", { name: "Pause" }).click();
    const paused = await done();
    await page.waitForTimeout(1500);
    assert.equal(await done(), paused);
    await page.context().close();
});

test("messages move, unless the reader wants no motion", async () => {
    const { path, id } = example();
    for (const [reducedMotion, moves] of [["reduce", false], ["no-preference", true]]) {
        const page = await book.visit(path, { reducedMotion });
        const sim = await alive(page, id);
        const steps = (await sim.evaluate(native)).steps.length;
        let moving = 0;
        for (let step = 0; step < steps; step += 1) {
            moving += await sim.evaluate((root) => {
                root.querySelector(".sim-primary").click();
                return root.getAnimations({ subtree: true }).length;
            });
        }
        assert.equal(moving > 0, moves, `${moving} animations with ${reducedMotion}`);
        await page.context().close();
    }
});

test("what was done is shown as C and as Rust, and copied", async () => {
    const { path, id } = example();
    const page = await book.visit(path, { ...still, permissions: ["clipboard-read", "clipboard-write"] });
    const sim = await alive(page, id);
    await sim.getByRole("button", { name: "Run to the end" }).click();
    await sim.getByText("Show what was done as code").click();
    const shownCode = () => sim.locator(".sim-code pre").textContent();
    const c = await shownCode();
    assert.match(c, /msgget\(/);
    await sim.getByLabel("Rust").check();
    const rust = await shownCode();
    assert.match(rust, /Queue::/);
    await sim.getByRole("button", { name: "Copy" }).click();
    await sim.getByText("The code is copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), rust);
    await page.context().close();
});

test("the link of a scene restores its state in the playground, where it can be undone", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const sim = await alive(page, id);
    await sim.getByRole("button", { name: "Step" }).click();
    await sim.getByRole("button", { name: "Step" }).click();
    const { picture } = await sim.evaluate(shown);
    const lines = await sim.evaluate((root) => [root.dataset.setup, ...root.dataset.steps.split("\n").slice(0, 2)].join("\n").trim().split("\n"));
    const link = sim.getByRole("link", { name: "Go on from here in the playground" });
    const { hash } = new URL(await link.getAttribute("href"), page.url());
    assert.match(hash, /^#s=\w+\+/, "the link cannot be read by a person");
    await link.click();
    await page.waitForURL(`**/${PLAYGROUND}#s=*`);
    const there = await alive(page, await page.locator('.sim[data-steps=""]').getAttribute("id"));
    const restored = await there.evaluate(shown);
    assert.equal(restored.picture, picture);
    assert.deepEqual(restored.steps.map(([line]) => line), lines);
    await there.getByRole("button", { name: "Undo" }).click();
    assert.equal((await there.evaluate(shown)).steps.length, lines.length - 1);
    await there.getByRole("button", { name: "Reset" }).click();
    assert.equal(new URL(page.url()).hash, "");
    assert.deepEqual((await there.evaluate(shown)).steps, []);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

async function playground(options = still) {
    const page = await book.visit(PLAYGROUND, options);
    const sim = await alive(page, await page.locator('.sim[data-steps=""]').getAttribute("id"));
    const input = sim.getByLabel("Command");
    const type = async (line) => {
        await input.fill(line);
        await input.press("Enter");
    };
    return { page, sim, input, type, lines: async () => (await sim.evaluate(shown)).steps.map(([line]) => line) };
}

test("the playground's own link survives every character", async () => {
    const { page, sim, type } = await playground({ ...still, permissions: ["clipboard-read", "clipboard-write"] });
    await type("private");
    await type('A: send 3 "50% + 1; <b>&#\u00e9\u2028 nowait"');
    const told = await sim.evaluate(shown);
    await sim.getByRole("link", { name: "Link to this state" }).click();
    await sim.getByText("The link is copied.").waitFor();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(address, page.url());
    await page.goto("about:blank");
    await page.goto(address);
    const again = await alive(page, await sim.getAttribute("id"));
    const restored = await again.evaluate(shown);
    assert.equal(restored.picture, told.picture);
    assert.deepEqual(restored.steps.slice(-2), told.steps.slice(-2));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("a link to a long story shows its end", async () => {
    const lines = ["create 1234", ...Array.from({ length: 12 }, (_, at) => `send ${at + 1} hello`), "rm"];
    const page = await book.visit(`${PLAYGROUND}#s=${lines.join(";").replaceAll(" ", "+")}`, still);
    const sim = await alive(page, await page.locator('.sim[data-steps=""]').getAttribute("id"));
    await sim.locator(".sim-last").waitFor();
    const atItsEnd = (root) => {
        const bottom = (selector) => root.querySelector(selector).getBoundingClientRect().bottom;
        return bottom(".sim-last") <= bottom(".sim-log") + 1;
    };
    await page.waitForFunction(atItsEnd, await sim.elementHandle(), { timeout: 5000 })
        .catch(() => assert.fail("the last step is hidden below the edge of the list"));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("a link that is pasted into the open playground is taken, one that is damaged is not", async () => {
    const { page, sim, lines } = await playground();
    await page.evaluate(() => { location.hash = "#s=create+7;send+3+hello"; });
    await sim.locator(".sim-done").nth(1).waitFor();
    assert.deepEqual(await lines(), ["create 7", "send 3 hello"]);
    await page.evaluate(() => { location.hash = "#s=create+%E0%A4%A"; });
    await sim.getByText("This link is damaged").waitFor();
    assert.deepEqual(await lines(), ["create 7", "send 3 hello"]);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("the command line tells what it does not understand, and changes nothing", async () => {
    const { page, sim, input, type } = await playground();
    const empty = await sim.evaluate(shown);
    const alert = sim.getByRole("alert");
    for (const line of ["bogus", "send", "send x hello", "#", "recv 1 2", "limit 7"]) {
        await type(line);
        assert.match(await alert.textContent(), /\w{3}.*\.$/, `nothing is said of ${line}`);
        assert.equal(await input.getAttribute("aria-invalid"), "true");
        assert.equal(await input.inputValue(), line, "what is to be mended has gone");
        assert.deepEqual(await sim.evaluate(shown), empty, line);
    }
    await type("send 3 hello");
    assert.equal(await alert.textContent(), "");
    assert.equal(await input.getAttribute("aria-invalid"), null);
    assert.equal(await input.inputValue(), "");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("the command line remembers, helps, undoes and resets", async () => {
    const { page, sim, input, type, lines } = await playground();
    for (const line of ["send 3 one", "send 4 two", "stat"]) await type(line);
    const recalled = [];
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"]) {
        await input.press(key);
        recalled.push(await input.inputValue());
    }
    assert.deepEqual(recalled, ["stat", "send 4 two", "send 3 one", "send 3 one", "send 4 two", "stat", ""]);
    await type("help");
    assert.ok(await sim.getByText("recv [TYPE]").isVisible());
    await type("undo");
    assert.deepEqual(await lines(), ["send 3 one", "send 4 two"]);
    await type("reset");
    assert.deepEqual(await lines(), []);
    await page.context().close();
});

test("the buttons write the lines that could be typed", async () => {
    const { page, sim, lines } = await playground();
    const sending = sim.getByRole("form", { name: "Send" });
    const receiving = sim.getByRole("form", { name: "Receive" });
    await sending.getByLabel("Type").fill("3");
    await sending.getByLabel("Text").fill('# "x" nowait');
    await sending.getByRole("button").click();
    await sending.getByLabel("Text").fill("*9");
    await sending.getByLabel("nowait").check();
    await sending.getByRole("button").click();
    await receiving.getByLabel("Type").fill("-7");
    for (const _ of [1, 2, 3]) await receiving.getByRole("button").click();
    await sim.getByRole("button", { name: "R1: interrupt" }).click();
    for (const name of ["stat", "set qbytes 0", "rm"]) await sim.getByRole("button", { name, exact: true }).click();
    assert.equal(await sim.getByRole("alert").textContent(), "");
    const all = await lines();
    assert.deepEqual(all.slice(1), ["send 3 *9 nowait", "recv -7", "recv -7", "recv -7", "R1: interrupt", "stat", "set qbytes 0", "rm"]);
    const told = (await sim.evaluate(shown)).steps;
    assert.match(told[0][1], /# "x" nowait/, "the text has changed on its way");
    assert.match(told[5].join(" "), /EINTR/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("sleepers are seen and heard asleep, and awake", async () => {
    const { page, sim, type } = await playground();
    await type("X: recv 3");
    const sleeper = sim.locator('.sim-asleep[data-name="X"]');
    assert.match(await sleeper.textContent(), /asleep in msgrcv/);
    assert.match(await sim.getByRole("log").textContent(), /X sleeps in msgrcv/);
    await type("send 3 hello");
    assert.equal(await sleeper.count(), 0);
    assert.equal(await sim.locator('.sim-woken[data-name="X"]').count(), 1);
    assert.match(await sim.getByRole("log").textContent(), /X wakes/);
    assert.equal(await sim.getByRole("log").getAttribute("aria-live"), "polite");
    await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
        test(`every component is sound when it is open, ${colorScheme}, ${width} pixels wide`, async (t) => {
            const page = await book.visit("index.html", { ...still, colorScheme, viewport: { width, height: 800 } });
            for (const { path, ids } of scenes()) {
                await t.test(path, async () => {
                    page.complaints.length = 0;
                    await page.go(path);
                    for (const id of ids) await alive(page, id);
                    assert.deepEqual(await axe(page), [], "at the beginning");
                    for (const id of ids) {
                        const run = page.locator(`#${id}`).getByRole("button", { name: "Run to the end" });
                        if (await run.count() > 0) await run.click();
                    }
                    await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
                    assert.deepEqual(await page.evaluate(tooWide), [], "the page is wider than the screen");
                    assert.deepEqual(await axe(page), [], "at the end");
                    assert.deepEqual(page.complaints, []);
                });
            }
            await page.context().close();
        });
    }
}

test("the playground is sound with sleepers, an error and many messages", async () => {
    for (const colorScheme of ["light", "dark"]) {
        const { page, type } = await playground({ ...still, ...narrow, colorScheme });
        const lines = ["A-very-long-name-of-a-process: recv 99", "B: uid 1000", "B: recv 3", "private", "set qbytes 0", "create 5"];
        for (const line of [...lines, ...Array(26).fill(`send 12 ${"w".repeat(60)}`), "bogus"]) await type(line);
        assert.deepEqual(await page.evaluate(tooWide), []);
        assert.deepEqual(await axe(page), []);
        await page.context().close();
    }
});

test("without scripts the picture and the text are there", async () => {
    const page = await book.visit("index.html", { javaScriptEnabled: false });
    for (const { path, ids } of scenes()) {
        await page.go(path);
        for (const id of ids) {
            const sim = page.locator(`#${id}`);
            assert.ok(await sim.locator(".sim-fallback > .sim-picture").isVisible(), id);
            const fold = sim.locator(".sim-fold > summary");
            if (await fold.count() > 0) await fold.click();
            for (const told of await sim.locator(".sim-told > li").all()) assert.ok(await told.isVisible(), id);
        }
    }
    await page.context().close();
});

test("where WebAssembly is missing, the text stays and says why", async () => {
    const { path, id } = example();
    const page = await book.visit("index.html");
    await page.addInitScript(() => { delete globalThis.WebAssembly; });
    await page.go(path);
    const sim = page.locator(`#${id}`);
    await sim.scrollIntoViewIfNeeded();
    await sim.getByText("WebAssembly switched off").waitFor();
    assert.ok(await sim.locator(".sim-fallback > .sim-picture").isVisible());
    assert.equal(await sim.locator(".sim-stage").count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

for (const [what, file, damage] of [
    ["the module cannot be fetched", "simulator.wasm", (route) => route.abort()],
    ["the module is not there", "simulator.wasm", (route) => route.fulfill({ status: 404, body: "" })],
    ["the module is damaged", "simulator.wasm", (route) => route.fulfill({ body: "<!DOCTYPE html>" })],
    ["the script cannot be fetched", "simulator.js", (route) => route.abort()],
]) {
    test(`when ${what}, the text stays and says why`, async () => {
        const { path, id } = example();
        const page = await book.visit("index.html");
        await page.route(`**/simulator/${file}`, damage);
        await page.go(path);
        const sim = page.locator(`#${id}`);
        await sim.scrollIntoViewIfNeeded();
        await sim.getByText("The simulator could not be loaded").waitFor();
        assert.ok(await sim.locator(".sim-fallback > .sim-picture").isVisible());
        assert.equal(await sim.locator(".sim-stage").count(), 0);
        await page.context().close();
    });
}

test("on paper the text stands in place of the component", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const sim = await alive(page, id);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await sim.locator(".sim-stage").isVisible(), false);
    for (const told of await sim.locator(".sim-told > li").all()) assert.ok(await told.isVisible());
    assert.ok(await sim.locator(".sim-answer").first().isVisible());
    await page.context().close();
});

test("module, scripts and style are small", () => {
    const folder = join(built, "simulator");
    const sizes = readdirSync(folder).map((name) => [name, gzipSync(readFileSync(join(folder, name))).length]);
    const sum = sizes.reduce((all, [, size]) => all + size, 0);
    assert.ok(sizes.some(([name]) => name.endsWith(".wasm")), "the module is not there");
    assert.ok(sum < LARGEST, `${sum} bytes compressed, ${LARGEST} allowed: ${sizes.map((one) => one.join(" ")).join(", ")}`);
});
