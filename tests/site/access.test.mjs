// The keyboard alone, no scripts, no motion.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chapters, open, tooWide } from "./book.mjs";

let book;
before(async () => { book = await open(); });
after(() => book?.close());

/** Presses Tab until `wanted` is true of the focused element; each stop on the way must be visible as such. */
async function tabTo(page, wanted, argument) {
    for (let stop = 0; stop < 400; stop += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(([test, argument]) => {
            const one = document.activeElement;
            const box = one.getBoundingClientRect();
            const style = getComputedStyle(one);
            return {
                found: (0, eval)(test)(one, argument),
                what: one.outerHTML.slice(0, 120),
                onScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            };
        }, [String(wanted), argument]);
        if (focus.what.startsWith("<body")) continue;
        assert.ok(focus.onScreen, `the focus is out of sight on ${focus.what}`);
        assert.ok(focus.marked, `the focus cannot be seen on ${focus.what}`);
        if (focus.found) return;
    }
    assert.fail(`Tab never reaches ${wanted}`);
}

test("the keyboard alone goes from the front page to a chapter's code and back", async () => {
    const page = await book.visit("index.html", { permissions: ["clipboard-read", "clipboard-write"] });
    const first = chapters()[1];

    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the skip link comes first");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
    await tabTo(page, (one, first) => one.closest("main, .pager") && one.getAttribute("href") === first, first);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${first}`);

    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, (one) => one.matches("main pre .clip-button"));
    await page.keyboard.press("Enter");
    assert.notEqual(await page.evaluate(() => navigator.clipboard.readText()), "");
    await tabTo(page, (one) => one.matches(".pager .previous"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/(index|introduction)\.html/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("every stop of the Tab key can be seen, from the bar to the end of each chapter", async (t) => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
        const page = await book.visit("index.html", { viewport, reducedMotion: "reduce" });
        for (const path of chapters()) {
            await t.test(`${path} at ${viewport.width}`, async () => {
                await page.go(path);
                await tabTo(page, (one) => one === [...document.querySelectorAll(".pager a")].at(-1));
            });
        }
        await page.context().close();
    }
});

test("a box that scrolls takes the focus, has a name, and keeps the arrow keys", async () => {
    const page = await book.visit("index.html", { viewport: { width: 360, height: 740 } });
    let boxes = 0;
    for (const path of chapters()) {
        await page.go(path);
        const scrolling = page.locator("main pre > code, .table-wrapper");
        for (const box of await scrolling.all()) {
            if (!(await box.evaluate((one) => one.scrollWidth > one.clientWidth && one.checkVisibility()))) continue;
            assert.equal(await box.getAttribute("tabindex"), "0", path);
            assert.notEqual(await box.getAttribute("aria-label"), null, path);
            if (boxes === 0) {
                await box.focus();
                await page.keyboard.press("ArrowRight");
                await page.waitForFunction((one) => one.scrollLeft > 0, await box.elementHandle());
                assert.ok(page.url().endsWith(path), "the arrow key turned the page");
            }
            boxes += 1;
        }
    }
    assert.ok(boxes > 0, "no box scrolls at 360 pixels");
    await page.context().close();
});

test("elsewhere the arrow keys turn the page", async () => {
    const page = await book.visit(chapters()[1]);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(`**/${chapters()[2]}`);
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL(`**/${chapters()[1]}`);
    await page.context().close();
});

test("without scripts every page reads, in the system's colours, and leads on", async () => {
    for (const colorScheme of ["light", "dark"]) {
        const page = await book.visit("index.html", { javaScriptEnabled: false, colorScheme, viewport: { width: 360, height: 740 } });
        for (const path of chapters()) {
            await page.go(path);
            assert.ok(await page.locator("main h1").isVisible(), path);
            assert.deepEqual(await page.evaluate(tooWide), [], `${path} is wider than the screen`);
            const { ground, dead } = await page.evaluate(() => ({
                ground: getComputedStyle(document.documentElement).backgroundColor,
                dead: [...document.querySelectorAll("button")].filter((one) => one.checkVisibility()).length,
            }));
            const [red] = ground.match(/[\d.]+/g).map(Number);
            assert.equal(red < 128, colorScheme === "dark", `${path} is ${ground}`);
            assert.equal(dead, 0, `${path} shows buttons that do nothing`);
        }
        await page.go("index.html");
        await page.getByRole("link", { name: "Contents" }).click();
        await page.locator(`a[href="${chapters()[1]}"]`).click();
        await page.locator(".pager .next").click();
        assert.ok(page.url().endsWith(chapters()[2]));
        await page.context().close();
    }
});

test("with reduced motion nothing moves, and the closed sidebar is out of the way", async () => {
    const page = await book.visit(chapters()[1], { reducedMotion: "reduce" });
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        return [style.transitionDuration, style.animationDuration].some((times) => times.split(",").some((time) => parseFloat(time) > 0));
    }).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, []);
    await page.getByRole("button", { name: "Table of contents" }).click();
    await page.locator("#mdbook-sidebar").waitFor({ state: "hidden" });
    await page.evaluate(() => { document.activeElement.blur(); });
    await tabTo(page, (one) => one.matches(".menu-title"));
    await page.context().close();
});
