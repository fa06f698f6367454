// The pages in a second browser: every one on a phone and on a desk, and two scenes played to their ends.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { pages, tooWide } from "./book.mjs";
import { serve } from "./server.mjs";
import { native, scenes, shown } from "./simulator/parts.mjs";

const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

let site;
let browser;
let page;
const complaints = [];
before(async () => {
    assert.ok(existsSync(executablePath), `There is no browser at ${executablePath}. Install one (apt-get install -y firefox-esr), or name another: FIREFOX=/path npm test.`);
    site = await serve();
    browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
    page = await browser.newPage();
    page.on("console", (message) => { if (["error", "warn"].includes(message.type())) complaints.push(message.text()); });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.evaluateOnNewDocument(() => { window.print = () => {}; });
});
after(async () => {
    await browser?.close();
    await site?.stop();
});

const go = (path) => {
    complaints.length = 0;
    return page.goto(`${site.address}/${path}`);
};

for (const width of [360, 1280]) {
    test(`every page is sound in Firefox, ${width} pixels wide`, async (t) => {
        await page.setViewport({ width, height: 800 });
        for (const path of pages()) {
            await t.test(path, async () => {
                await go(path);
                const { wide, title, heading } = await page.evaluate(() => ({
                    wide: innerWidth,
                    title: document.title,
                    heading: document.querySelector("main h1")?.getBoundingClientRect().height ?? 0,
                }));
                assert.equal(wide, width);
                assert.match(title, /Leave a Message/);
                assert.ok(heading > 0, "no heading is visible");
                assert.deepEqual(await page.evaluate(tooWide), [], "the page is wider than the screen");
                assert.deepEqual(complaints, [], "the console is not empty");
            });
        }
    });
}

test("two scenes, played in Firefox, show what the model answered natively", async () => {
    const asked = ({ path, ids }) => ids.map((id) => ({ path, id }));
    const two = scenes().flatMap(asked).filter(({ path }) => path !== "simulator.html").slice(0, 2);
    assert.equal(two.length, 2);
    for (const { path, id } of two) {
        await go(path);
        const root = await page.$(`#${id}`);
        await root.scrollIntoView();
        await page.waitForSelector(`#${id} .sim-primary`);
        const expected = await root.evaluate(native);
        assert.ok(expected.steps.length > 0, `${id} has no steps`);
        for (const [at] of expected.steps.entries()) {
            await root.$eval(".sim-primary", (button) => button.focus());
            await page.keyboard.press("Enter");
            assert.equal((await root.evaluate(shown)).steps.length, at + 1, id);
        }
        const { steps, picture, answer } = await root.evaluate(shown);
        assert.deepEqual({ steps, picture, answer }, { steps: expected.steps, picture: expected.picture, answer: expected.answer });
        assert.deepEqual(complaints, []);
    }
});
