// The scenes on the pages: each played by keyboard, and compared with what the model answered natively while the
// book was built, which is what the page shows without scripts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, book, example, focused, native, scenes, shown, still, tabTo } from "./component.mjs";

test("every scene, played by keyboard, shows what the model answered natively", async (t) => {
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

test("prediction is requested first, and appears beside the answer", async () => {
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

test("run goes on by itself, and stops when asked", async () => {
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

test("steps are shown as C and as Rust, and copied", async () => {
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

test("scene shows no step before it is done", async () => {
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
