// Every page, light and dark, on a phone and on a desk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe } from "./axe.mjs";
import { open, pages, tooWide } from "./book.mjs";

let book;
before(async () => { book = await open(); });
after(() => book?.close());

for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
        test(`every page is sound, ${colorScheme}, ${width} pixels wide`, async (t) => {
            const page = await book.visit("index.html", { colorScheme, viewport: { width, height: 800 } });
            for (const path of pages()) {
                await t.test(path, async () => {
                    page.complaints.length = 0;
                    await page.go(path);
                    assert.deepEqual(page.complaints, [], "the console is not empty");

                    // Folded answers are part of the page.
                    await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
                    assert.deepEqual(await page.evaluate(tooWide), [], "the page is wider than the screen");

                    const shown = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
                    assert.equal(shown, path === "toc.html" ? "light dark" : colorScheme);

                    // print.html is all the other pages once more, and takes axe as long as they do: once will do.
                    if (path === "print.html" && !(colorScheme === "light" && width === 1280)) return;
                    assert.deepEqual(await axe(page), [], "axe has findings");
                });
            }
            await page.context().close();
        });
    }
}

test("headings go down one level at a time, below one heading of the first level", async (t) => {
    const page = await book.visit("index.html");
    for (const path of pages().filter((path) => !["print.html", "toc.html"].includes(path))) {
        await t.test(path, async () => {
            await page.go(path);
            const levels = await page.locator("h1, h2, h3, h4, h5, h6").evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
            assert.equal(levels[0], 1, "the first heading is of the first level");
            levels.reduce((above, level) => {
                assert.ok(level > 1, "a second heading of the first level");
                assert.ok(level <= above + 1, `a heading of level ${level} below one of level ${above}`);
                return level;
            });
        });
    }
    await page.context().close();
});
