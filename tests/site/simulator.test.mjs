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
        steps: [...root.querySelectorAll(".sim-steps > li")].map(tell).reverse(),
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
    assert.equal(await focused(page), "Step");
    assert.equal((await sim.evaluate(shown)).steps.length, 0, "Enter in the field plays a step that nobody asked for");
    await page.keyboard.press("Enter");
    assert.equal((await sim.evaluate(shown)).steps.length, 1);
    assert.equal(await field.isVisible(), false);
    await sim.getByRole("button", { name: "Run to the end" }).click();
    const predicted = sim.locator(".sim-predicted");
    assert.equal(await predicted.textContent(), "You predicted: <b>the first</b>/");
    await sim.getByRole("button", { name: "Undo" }).click();
    assert.ok(await predicted.isVisible(), "Undo takes away the answer that was seen");
    await sim.getByRole("button", { name: "Reset" }).click();
    assert.equal(await predicted.count(), 0);
    assert.equal(await field.inputValue(), "", "Reset leaves the old prediction");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("a run goes on by itself, and stops when asked", async () => {
    const { path, id } = example();
    const page = await book.visit(path);
    const sim = await alive(page, id);
    const done = () => sim.locator(".sim-steps > li").count();
    await sim.getByRole("button", { name: "Run to the end" }).click();
    assert.equal(await done(), 1);
    await sim.locator(".sim-steps > li").nth(1).waitFor();
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
    assert.deepEqual(await sim.locator(".sim-choice label").allTextContents(), ["Rust", "C"]);
    assert.match(await shownCode(), /Queue::/, "Rust comes first");
    await sim.getByLabel("C", { exact: true }).check();
    const c = await shownCode();
    assert.match(c, /msgget\(/);
    await sim.getByRole("button", { name: "Copy" }).click();
    await sim.getByText("The code is copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), c);
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
    assert.match(await sim.locator(".sim-last").textContent(), /^rm/);
    const atItsEnd = (root) => {
        const [last, box] = [".sim-last", ".sim-log"].map((one) => root.querySelector(one).getBoundingClientRect());
        return last.top >= box.top && last.bottom <= box.bottom + 1;
    };
    await page.waitForFunction(atItsEnd, await sim.elementHandle(), { timeout: 5000 })
        .catch(() => assert.fail("the last step is hidden beyond the edge of the list"));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("a link that is pasted into the open playground is taken, one that is damaged is not", async () => {
    const { page, sim, lines } = await playground();
    await page.evaluate(() => { location.hash = "#s=create+7;send+3+hello"; });
    await sim.locator(".sim-steps > li").nth(1).waitFor();
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
    const alert = sim.locator(".sim-error");
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
    await sending.getByLabel("Type to send").fill("3");
    await sending.getByLabel("Text").fill('# "x" nowait');
    await sending.getByRole("button").click();
    await sending.getByLabel("Text").fill("*9");
    await sending.getByLabel("nowait").check();
    await sending.getByRole("button").click();
    await receiving.getByLabel("Type to receive").fill("-7");
    for (const _ of [1, 2, 3]) await receiving.getByRole("button").click();
    await sim.getByRole("button", { name: "R1: interrupt" }).click();
    for (const name of ["stat", "set qbytes 0", "rm"]) await sim.getByRole("button", { name, exact: true }).click();
    assert.equal(await sim.getByRole("alert").count(), 0);
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
    assert.ok(await sim.locator(".sim-fallback").isVisible());
    for (const told of await sim.locator(".sim-told > li").all()) assert.ok(await told.isVisible());
    assert.ok(await sim.locator(".sim-answer").first().isVisible());
    await page.context().close();
});

/** Is the whole of it on the screen, and not behind the bar above or the buttons below? Runs in the page. */
const seen = (one) => {
    const { left, top, bottom, height } = one.getBoundingClientRect();
    const there = (y) => one.contains(document.elementFromPoint(left + 4, y));
    return height > 0 && top >= 0 && bottom <= innerHeight + 1 && there(top + 2) && there(bottom - 3);
};

for (const viewport of [{ width: 1280, height: 720 }, { width: 360, height: 780 }]) {
    const size = `${viewport.width} by ${viewport.height}`;

    test(`the answer to a command is seen where it was typed, ${size}`, async () => {
        const { page, sim, input, type } = await playground({ ...still, viewport });
        for (const line of ["send 3 hello", "recv 9", "recv 8", "stat", ...Array(8).fill("send 1 *3000"), "rm"]) {
            await type(line);
            const last = sim.locator(".sim-last");
            assert.match(await last.textContent(), new RegExp(`^${line.replace("*", "\\*")}`));
            // Where a removal wakes many, what comes first is enough.
            assert.ok(await last.locator("p").first().evaluate(seen), `what came of ${line} is out of sight`);
            assert.ok(await input.evaluate(seen), `the command line is out of sight after ${line}`);
        }
        const [line, log, help] = await Promise.all([input, sim.locator(".sim-log"), sim.locator(".sim-help")].map((one) => one.boundingBox()));
        assert.ok(log.y - line.y - line.height < 40, "the log does not begin right below the command line");
        assert.ok(help.y > log.y + log.height);
        await page.context().close();
    });

    test(`picture and sentence are seen together, with Step in view, ${size}`, async () => {
        const page = await book.visit("index.html", { ...still, viewport });
        for (const { path, ids } of scenes()) {
            await page.go(path);
            for (const id of ids) {
                const sim = await alive(page, id);
                const step = sim.getByRole("button", { name: "Step" });
                if (await step.count() === 0) continue;
                const queue = sim.locator(".sim-view .sim-current .sim-queue, .sim-view .sim-current .sim-empty");
                await sim.locator(".sim-view").evaluate((one) => one.scrollIntoView({ behavior: "instant" }));
                await step.click();
                assert.ok(await sim.locator(".sim-last").evaluate(seen), `${id}: the sentence is out of sight`);
                assert.ok(await step.evaluate(seen), `${id}: Step is out of sight`);
                if (await queue.count() > 0) assert.ok(await queue.evaluate(seen), `${id}: the queue is out of sight`);
            }
        }
        await page.context().close();
    });
}

test("the buttons at the bottom do not hide the field that has the focus", async () => {
    const { path, id } = example();
    const page = await book.visit(path, { ...still, ...narrow });
    const sim = await alive(page, id);
    const field = sim.getByLabel("Your prediction");
    // Its lower edge is at the lower edge of the screen, where the buttons are.
    await field.evaluate((one) => { scrollBy({ top: one.getBoundingClientRect().bottom - innerHeight, behavior: "instant" }); });
    await page.evaluate((id) => {
        const title = document.querySelector(`#${id} .sim-title`);
        title.tabIndex = -1;
        title.focus({ preventScroll: true });
    }, id);
    await page.keyboard.press("Tab");
    assert.ok(await field.evaluate((one) => one === document.activeElement));
    await page.waitForTimeout(300);
    assert.ok(await field.evaluate(seen), "the field is behind the buttons");
    await page.context().close();
});

test("a scene tells of no step before it is done", async () => {
    const page = await book.visit("index.html", still);
    for (const { path, ids } of scenes()) {
        await page.go(path);
        for (const id of ids) {
            const sim = await alive(page, id);
            const steps = await sim.evaluate((root) => root.dataset.steps.split("\n").filter((line) => line !== ""));
            if (steps.length === 0) continue;
            const asks = await sim.locator(".sim-question").count() > 0;
            const stage = sim.locator(".sim-stage");
            const ahead = sim.locator(".sim-next");
            assert.equal(await sim.locator(".sim-steps > li").count(), 0, id);
            assert.equal(await ahead.textContent(), asks ? "" : `next: ${steps[0]}`, id);
            if (asks) assert.ok(!(await stage.textContent()).includes(steps.at(-1)), `${id} tells its last step at the beginning`);
            for (const at of steps.keys()) {
                await sim.getByRole("button", { name: "Step" }).click();
                assert.equal(await sim.locator(".sim-steps > li").count(), at + 1, id);
                assert.equal(await ahead.textContent(), at + 1 < steps.length ? `next: ${steps[at + 1]}` : "", id);
            }
        }
    }
    await page.context().close();
});

test("one region is heard: the log, with the command and what came of it", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const live = (sim) => sim.locator("[aria-live], [role=status], [role=alert], [role=log]").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.className));
    const scene = await alive(page, id);
    assert.deepEqual(await live(scene), ["sim-log"]);
    const heard = await scene.evaluate((root) => {
        const log = root.querySelector("[role=log]");
        const news = new MutationObserver(() => {});
        news.observe(log, { childList: true, subtree: true });
        root.querySelector(".sim-primary").click();
        return news.takeRecords().flatMap((record) => [...record.addedNodes]).map((one) => one.textContent).join("|");
    });
    const [[command, sentence]] = (await scene.evaluate(shown)).steps;
    assert.ok(heard.includes(command) && heard.includes(sentence), heard);
    await page.go(PLAYGROUND);
    const open = await alive(page, await page.locator('.sim[data-steps=""]').getAttribute("id"));
    assert.deepEqual(await live(open), ["sim-log"]);
    await page.context().close();
});

test("a queue of dozens of messages takes two rows, and the keyboard scrolls it", async () => {
    for (const options of [still, { ...still, ...narrow }]) {
        const { page, sim, type } = await playground(options);
        await type("send 1 hello");
        const queue = sim.locator(".sim-queue");
        const { height } = await queue.boundingBox();
        assert.equal(await queue.getAttribute("tabindex"), null, "nothing is hidden yet");
        for (const line of Array(20).fill("send 2 hello")) await type(line);
        assert.ok((await queue.boundingBox()).height < 2.6 * height, "the picture grows with every message");
        const oldest = queue.locator("li").first();
        assert.ok(await oldest.evaluate((one) => {
            const [box, all] = [one, one.parentElement].map((each) => each.getBoundingClientRect());
            return box.top >= all.top && box.bottom <= all.bottom;
        }), "the oldest message is out of sight");
        await queue.focus();
        await page.keyboard.press("End");
        await page.waitForFunction((one) => one.scrollTop > 0, await queue.elementHandle());
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    }
});

test("a link tells which of its lines could not be read, also when the page opens", async () => {
    for (const [hash, status, kept] of [
        ["#s=create+1234;bogus;send+3+hello", /^Line 2 of the link could not be read and was left out: .*bogus/, 2],
        ["#s=create+1234;bogus;send;send+3+hello", /^Line 2 .* and so were 1 more/, 2],
        ["#s=%zz", /^This link is damaged/, 0],
    ]) {
        const page = await book.visit(`${PLAYGROUND}${hash}`, still);
        const sim = await alive(page, await page.locator('.sim[data-steps=""]').getAttribute("id"));
        assert.match(await sim.locator(".sim-status").textContent(), status);
        assert.equal((await sim.evaluate(shown)).steps.length, kept, hash);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    }
});

test("who comes by a link to a state has the queue in sight", async () => {
    for (const viewport of [{ width: 1280, height: 450 }, { width: 360, height: 560 }]) {
        const page = await book.visit(`${PLAYGROUND}#s=create+7;send+3+hello`, { ...still, viewport });
        const sim = page.locator('.sim[data-steps=""]');
        await sim.locator(".sim-last").waitFor();
        assert.ok(await sim.locator(".sim-title").evaluate(seen), `${viewport.width}`);
        assert.ok(await sim.locator(".sim-view .sim-queue").evaluate(seen), `${viewport.width}`);
        await page.context().close();
    }
});

test("what was done is there again when the page is loaded again", async () => {
    const { page, sim, type, lines } = await playground();
    await type("send 3 hello");
    await type("recv");
    const before = await sim.evaluate(shown);
    await page.reload();
    await alive(page, await sim.getAttribute("id"));
    assert.deepEqual(await sim.evaluate(shown), before);
    assert.match(await sim.locator(".sim-status").textContent(), /still here/);
    await page.evaluate(() => { location.hash = "#s=create+7"; });
    await sim.getByText("create 7").first().waitFor();
    await type("stat");
    assert.equal(new URL(page.url()).hash, "", "the address names a state that was left");
    await page.reload();
    await alive(page, await sim.getAttribute("id"));
    assert.deepEqual(await lines(), ["create 7", "stat"]);
    await type("reset");
    await page.reload();
    await alive(page, await sim.getAttribute("id"));
    assert.deepEqual(await lines(), []);
    assert.ok(await sim.locator(".sim-setup").isVisible());
    await page.context().close();
});

test("on paper the playground shows what was played, and who sleeps", async () => {
    const { page, sim, type } = await playground();
    for (const line of ["send 3 hello", "A: recv 9", "B: recv 3", "send 3 hello", "D: recv 3"]) await type(line);
    const names = (await sim.evaluate(shown)).steps.map(([line]) => line);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.ok(await sim.locator(".sim-view").isVisible());
    assert.equal(await sim.locator(".sim-fallback").isVisible(), false);
    assert.equal(await sim.getByRole("button").count(), 0);
    const rows = await sim.locator(".sim-steps > li").evaluateAll((all) => all
        .map((one) => [one.getBoundingClientRect().top, one.querySelector("code").textContent]).sort(([a], [b]) => a - b).map(([, line]) => line));
    assert.deepEqual(rows, names, "the steps are not in their order");
    const cut = await sim.locator(".sim-log").evaluate((one) => one.scrollHeight - one.clientHeight);
    assert.ok(cut <= 0, `${cut} pixels of the log are cut off`);
    const hollow = (name) => sim.locator(`[data-name="${name}"] .sim-name`).evaluate((one) => {
        const dot = getComputedStyle(one, "::before");
        return parseFloat(dot.borderTopWidth) * 2 < parseFloat(dot.height) - 1;
    });
    assert.equal(await hollow("A"), true, "who sleeps has a full mark");
    assert.equal(await hollow("B"), false, "who is awake has a mark that paper shows hollow");
    await page.context().close();
});

test("module, scripts and style are small", () => {
    const folder = join(built, "simulator");
    const sizes = readdirSync(folder).map((name) => [name, gzipSync(readFileSync(join(folder, name))).length]);
    const sum = sizes.reduce((all, [, size]) => all + size, 0);
    assert.ok(sizes.some(([name]) => name.endsWith(".wasm")), "the module is not there");
    assert.ok(sum < LARGEST, `${sum} bytes compressed, ${LARGEST} allowed: ${sizes.map((one) => one.join(" ")).join(", ")}`);
});
