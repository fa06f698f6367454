// What search engines and shared links get, read from the files as they are served.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chapters, html, text } from "./book.mjs";

// The pages with whole files are made from the listings and described by a pattern.
const prose = () => chapters().filter((page) => !page.startsWith("code/"));

const metas = (page, attribute, name) =>
    [...html(page).matchAll(new RegExp(`<meta ${attribute}="${name}" content="([^"]*)">`, "g"))].map((match) => text(match[1]));

test("each page has a description of its own, of a length that search engines show", () => {
    const seen = new Map();
    for (const page of chapters()) {
        const found = metas(page, "name", "description");
        assert.equal(found.length, 1, `${page} has ${found.length} descriptions`);
        const [sentence] = found;
        assert.ok(sentence.length >= 50 && sentence.length <= 160, `${page}: ${sentence.length} characters: ${sentence}`);
        assert.ok(!seen.has(sentence), `${page} and ${seen.get(sentence)} share a description`);
        seen.set(sentence, page);
        assert.deepEqual(metas(page, "property", "og:description"), [sentence]);
    }
    for (const page of prose()) {
        assert.doesNotMatch(metas(page, "name", "description")[0], /the whole files/, `the first line of ${page} lacks its description`);
    }
});

test("each page has a title and a card of its own", () => {
    const titles = new Set();
    for (const page of chapters()) {
        const [, title] = /<title>([^<]+)<\/title>/.exec(html(page));
        assert.ok(!titles.has(title), `${page}: a second page is called ${title}`);
        titles.add(title);
        const [card] = metas(page, "property", "og:title");
        assert.ok(text(title).startsWith(card), `${page}: the card says ${card}`);
        assert.equal(metas(page, "property", "og:type").length, 1);
        assert.match(html(page), /<html lang="en"/);
    }
});

test("previous and next are named by their chapters, without scripts", () => {
    const order = chapters();
    order.forEach((page, at) => {
        const links = new Map([...html(page).matchAll(/<a rel="(prev|next)"[^>]* href="([^"]+)"[^>]*><span>[^<]+<\/span> ([^<]+)<\/a>/g)].map(([, rel, href, name]) => [rel, { href, name }]));
        for (const [rel, neighbour] of [["prev", order[at - 1]], ["next", order[at + 1]]]) {
            const leads = links.has(rel) ? new URL(links.get(rel).href, `http://book/${page}`).pathname.slice(1) : undefined;
            assert.equal(leads, neighbour, `${page}: ${rel}`);
            if (neighbour) assert.ok(html(neighbour).includes(`<title>${links.get(rel).name} - `), `${page}: ${rel} is called ${links.get(rel).name}`);
        }
    });
});
