// What a reader finds by searching.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe } from "./axe.mjs";
import { open } from "./book.mjs";

let book;
before(async () => { book = await open(); });
after(() => book?.close());

/** Types the words into the search of the page; the hits are links. */
async function search(page, words) {
    await page.keyboard.press("/");
    await page.locator("#mdbook-searchbar").fill(words);
    await page.keyboard.press("End");
    await page.locator("#mdbook-searchresults-header").getByText(`for '${words}'`).waitFor();
    return page.locator("#mdbook-searchresults li a");
}

test("searching for EIDRM leads to a page that has it", async () => {
    const page = await book.visit("index.html");
    await search(page, "EIDRM");
    assert.match(await page.locator("#mdbook-searchresults-header").innerText(), /search results? for 'EIDRM'/);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Enter");
    await page.waitForURL(/highlight=EIDRM/);
    assert.match(await page.locator("main").innerText(), /EIDRM/);
    assert.equal((await page.locator("main mark").first().innerText()).toUpperCase(), "EIDRM");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("words of a reader in trouble lead to the page that helps", async (t) => {
    const page = await book.visit("index.html");
    for (const [words, helps] of [
        ["timeout", "send.html"],
        ["docker", "portability.html"],
        ["SIGHUP", "server.html"],
        ["deadlock", "send.html"],
        ["python", "c-and-rust.html"],
        ["Permission denied", "troubleshooting.html"],
        ["No message of desired type", "errno-atlas.html"],
    ]) {
        await t.test(words, async () => {
            await page.go("index.html");
            const hits = await search(page, words);
            const found = await hits.evaluateAll((all) => all.map((hit) => hit.getAttribute("href").replace(/\?.*/, "")));
            assert.ok(found.includes(helps), `${helps} is not among the hits: ${found.join(" ")}`);
        });
    }
    await page.context().close();
});

test("hit inside a closed fold opens it, and no other", async () => {
    const page = await book.visit("send.html");
    const { word, folds } = await page.evaluate(() => {
        // The longest word that is in the first fold and nowhere else on the page.
        const [fold] = document.querySelectorAll("main details");
        const words = (text) => text.match(/[a-z]{7,}/gi) ?? [];
        const inside = [...fold.children].slice(1).flatMap((one) => words(one.textContent));
        const all = words(document.querySelector("main").textContent);
        const [word] = inside.filter((one) => all.filter((other) => other.includes(one)).length === 1).sort((a, b) => b.length - a.length);
        return { word, folds: document.querySelectorAll("main details").length };
    });
    assert.ok(word && folds > 1, "the page has no such word, or one fold only");
    await page.go("index.html");
    const hits = await search(page, word);
    await hits.and(page.locator('[href^="send.html"]')).first().click();
    await page.waitForURL(/send\.html\?highlight=/);
    await page.locator("details[open] mark").first().waitFor();
    assert.equal(await page.locator("main details[open]").count(), 1);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});
