// The colours of code: made with the book, not by the reader's browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chapters, html, open, text } from "./book.mjs";

let book;
before(async () => { book = await open(); });
after(() => book?.close());

const programs = (path) => [...html(path).matchAll(/<pre><code class="language-(rust|c|perl|python)">([^]*?)<\/code>/g)];

test("every program in Rust, C, Perl or Python has its colours in the page itself", () => {
    const languages = new Set();
    for (const path of chapters()) {
        for (const [, language, code] of programs(path)) {
            assert.match(code, /<span class="code-(comment|keyword|name|number|string|type)">/, `${path}: ${text(code)}`);
            languages.add(language);
        }
    }
    for (const language of ["rust", "c", "perl", "python"]) assert.ok(languages.has(language), `no page has a program in ${language}`);
});

test("without scripts, light and dark, each kind of word has the theme's colour for it", async () => {
    const path = chapters().find((path) => programs(path).some(([, language]) => language === "rust") && programs(path).some(([, language]) => language === "c"));
    assert.ok(path, "no page has programs in Rust and in C");
    const seen = [];
    for (const colorScheme of ["light", "dark"]) {
        const page = await book.visit(path, { javaScriptEnabled: false, colorScheme });
        const colours = await page.evaluate(() => Object.fromEntries(["comment", "keyword", "name", "number", "string", "type"].map((kind) => {
            const word = document.querySelector(`.code-${kind}`);
            const swatch = document.body.appendChild(document.createElement("i"));
            swatch.style.color = `var(--code-${kind})`;
            const [is, wanted] = [word, swatch].map((one) => one && getComputedStyle(one).color);
            swatch.remove();
            return [kind, is === wanted ? is : `${is} instead of ${wanted}`];
        })));
        for (const [kind, colour] of Object.entries(colours)) assert.match(colour, /^rgb\([^)]*\)$/, kind);
        const plain = await page.locator("main pre > code.language-rust").first().evaluate((one) => getComputedStyle(one).color);
        assert.equal(new Set([plain, ...Object.values(colours)]).size, 7, JSON.stringify({ plain, ...colours }));
        seen.push(JSON.stringify(colours));
        await page.context().close();
    }
    assert.notEqual(seen[0], seen[1], "light and dark have the same colours");
});
