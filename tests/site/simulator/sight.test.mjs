// What must be on the screen at the same time, on wide screens and on narrow ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, book, example, narrow, PLAYGROUND, playground, scenes, seen, still } from "./component.mjs";

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

test("buttons at the bottom do not hide the field that has the focus", async () => {
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

test("queue is in sight of a reader who follows a link to a state", async () => {
    for (const viewport of [{ width: 1280, height: 450 }, { width: 360, height: 560 }]) {
        const page = await book.visit(`${PLAYGROUND}#s=create+7;send+3+hello`, { ...still, viewport });
        const sim = page.locator('.sim[data-steps=""]');
        await sim.locator(".sim-last").waitFor();
        assert.ok(await sim.locator(".sim-title").evaluate(seen), `${viewport.width}`);
        assert.ok(await sim.locator(".sim-view .sim-queue").evaluate(seen), `${viewport.width}`);
        await page.context().close();
    }
});
