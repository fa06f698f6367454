// What a reader does with the page: copy, choose a theme, open the contents, print.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe } from "./axe.mjs";
import { chapters, html, open, text } from "./book.mjs";

let book;
before(async () => { book = await open(); });
after(() => book?.close());

const narrow = { viewport: { width: 360, height: 740 } };

/** The commands of a session, by the rule that readers know: what stands behind "$ ", and "> " lines that go on with it. */
function typed(session) {
    return (session.match(/^\$ .*(?:\n> .*)*/gm) ?? []).map((command) => command.replace(/^[$>] /gm, "")).join("\n");
}

test("copying a session gives its commands, without prompt and output", async () => {
    const page = await book.visit("index.html", { permissions: ["clipboard-read", "clipboard-write"] });
    let sessions = 0;
    for (const path of chapters()) {
        const served = [...html(path).matchAll(/<pre><code class="language-console[^"]*">([^]*?)<\/code>/g)].map((match) => text(match[1]));
        if (served.length === 0) continue;
        await page.go(path);
        const blocks = page.locator("pre:has(> code.language-console)");
        for (const [at, session] of served.entries()) {
            if (typed(session) === "") continue;
            const block = blocks.nth(at);
            await block.locator(".clip-button").focus();
            await page.keyboard.press("Enter");
            assert.equal(await page.evaluate(() => navigator.clipboard.readText()), typed(session), `${path}, session ${at + 1}`);
            sessions += 1;
        }
    }
    assert.ok(sessions > 0, "no page has a session with a command");
    await page.context().close();
});

test("copying a listing gives all of it", async () => {
    const page = await book.visit("index.html", { permissions: ["clipboard-read", "clipboard-write"] });
    const path = chapters().find((path) => html(path).includes("language-rust"));
    assert.ok(path, "no page has a listing in Rust");
    await page.go(path);
    const pre = page.locator("pre:has(> code.language-rust):visible").first();
    await pre.locator(".clip-button").click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await pre.locator("code").textContent());
    await page.context().close();
});

test("the theme that a reader chooses stays, and the system's comes back", async () => {
    const page = await book.visit("index.html", { colorScheme: "light" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body.querySelector(".page-wrapper")).backgroundColor);
    const choose = async (name) => {
        await page.getByRole("button", { name: "Light or dark" }).click();
        assert.deepEqual(await axe(page), [], "with the menu open");
        await page.getByRole("menuitem", { name }).click();
        await page.keyboard.press("Escape");
    };
    const light = await ground();
    await choose("Dark");
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await ground(), dark, "after a reload");
    await page.go(chapters()[1]);
    assert.equal(await ground(), dark, "on the next page");
    await choose("As the system");
    assert.equal(await ground(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(() => document.documentElement.classList.contains("dark"));
    assert.equal(await ground(), dark, "when the system turns dark");
    await page.context().close();
});

test("a theme that another book left behind does no harm", async () => {
    const page = await book.visit("index.html", { colorScheme: "light" });
    await page.evaluate(() => localStorage.setItem("mdbook-theme", "coal"));
    await page.reload();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "light");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("on a phone the contents open over the page, lead on, and close", async () => {
    const page = await book.visit(chapters()[1], narrow);
    const button = page.getByRole("button", { name: "Table of contents" });
    const sidebar = page.locator("#mdbook-sidebar");
    await sidebar.waitFor({ state: "hidden" });
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    await sidebar.waitFor({ state: "visible" });
    assert.deepEqual(await axe(page), [], "with the contents open");
    await page.keyboard.press("Escape");
    await sidebar.waitFor({ state: "hidden" });
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    await sidebar.locator(`a[href="${chapters()[2]}"]`).click();
    await page.waitForURL(`**/${chapters()[2]}`);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("the front page shows the two terminals within one screen, also on a phone", async () => {
    for (const viewport of [{ width: 1280, height: 800 }, narrow.viewport]) {
        const page = await book.visit("index.html", { viewport });
        const scene = page.locator(".hero .scene");
        const [first, second] = await scene.locator(".terminal").all();
        const { y, height } = await (viewport.width < 600 ? first : second).boundingBox();
        assert.ok(y + height <= viewport.height, `at ${viewport.width} pixels the terminal ends at ${y + height}`);
        await page.context().close();
    }
});

test("on paper nothing is folded and no line is cut off", async () => {
    const page = await book.visit("print.html");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("details:not([open])").count(), 0);
    const cut = await page.locator("main pre > code").evaluateAll((all) => all.filter((code) => code.scrollWidth > code.clientWidth).length);
    assert.equal(cut, 0, `${cut} blocks of code are cut off`);
    await page.context().close();
});

test("the cheat sheet, printed alone, is one sheet of A4", async () => {
    const page = await book.visit("cheat-sheet.html");
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    // One box a page, in points: A4 is 595 by 842.
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...size]) => size.map(Number).map(Math.round));
    assert.deepEqual(boxes, [[595, 842]]);
    await page.context().close();
});
