// What a first visit weighs: nothing kept, everything compressed as a public host does it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chapters, open } from "./book.mjs";

// The page on speed is the heaviest: it has six plots in it.
const MOST = 83_000;
// It comes when a component is near the screen, and has a limit of its own (simulator/loading.test.mjs).
const SIMULATOR = /\/simulator\/(simulator\.js|simulator\.wasm)$/;

let book;
before(async () => { book = await open(); });
after(() => book?.close());

test(`a first visit to a page takes at most ${MOST / 1000} kB`, async (t) => {
    let heaviest = { bytes: 0 };
    for (const path of ["index.html", ...chapters()]) {
        const page = await book.visit(path);
        const loaded = await page.evaluate(() => performance.getEntries().filter((one) => "encodedBodySize" in one).map((one) => [one.encodedBodySize, one.name]));
        const parts = loaded.filter(([, url]) => !SIMULATOR.test(url)).sort(([one], [other]) => other - one);
        const bytes = parts.reduce((sum, [size]) => sum + size, 0);
        assert.ok(parts.length > 10 && parts.every(([size]) => size > 0), `${path}: not everything was measured: ${parts}`);
        assert.ok(bytes <= MOST, `${path}: ${bytes} bytes: ${parts.map(([size, url]) => `${size} ${url.split("/").pop()}`).join(", ")}`);
        if (bytes > heaviest.bytes) heaviest = { path, bytes };
        if (path === "index.html") t.diagnostic(`${path}: ${(bytes / 1000).toFixed(1)} kB`);
        await page.context().close();
    }
    t.diagnostic(`the heaviest, ${heaviest.path}: ${(heaviest.bytes / 1000).toFixed(1)} kB`);
});
