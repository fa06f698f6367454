// Accessibility: axe on every component, and what a screen reader hears.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../axe.mjs";
import { tooWide } from "../book.mjs";
import { alive, alivePlayground, book, example, narrow, PLAYGROUND, playground, scenes, shown, still } from "./component.mjs";

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

test("playground is sound with sleepers, an error and many messages", async () => {
    for (const colorScheme of ["light", "dark"]) {
        const { page, type } = await playground({ ...still, ...narrow, colorScheme });
        const lines = ["A-very-long-name-of-a-process: recv 99", "B: uid 1000", "B: recv 3", "private", "set qbytes 0", "create 5"];
        for (const line of [...lines, ...Array(26).fill(`send 12 ${"w".repeat(60)}`), "bogus"]) await type(line);
        assert.deepEqual(await page.evaluate(tooWide), []);
        assert.deepEqual(await axe(page), []);
        await page.context().close();
    }
});

test("log is the only live region, and has the command and its outcome", async () => {
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
    const open = await alivePlayground(page);
    assert.deepEqual(await live(open), ["sim-log"]);
    await page.context().close();
});
