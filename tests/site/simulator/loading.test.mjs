// What a page loads of the simulator, and when.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { built } from "../server.mjs";
import { alive, book, scenes } from "./component.mjs";

const LARGEST = 60_000;
const MODULE = /\/simulator\/(simulator\.js|simulator\.wasm)$/;

test("simulator is not fetched before a component comes near the screen", async () => {
    const page = await book.visit("index.html", { viewport: { width: 1280, height: 500 } });
    const asked = [];
    page.on("request", (request) => { if (MODULE.test(request.url())) asked.push(request.url()); });
    let far = 0;
    for (const { path, ids } of scenes()) {
        asked.length = 0;
        await page.goto("about:blank");
        await page.go(path);
        await page.waitForLoadState("networkidle");
        const { y } = await page.locator(`#${ids[0]}`).boundingBox();
        if (y < 1000) continue;
        far += 1;
        assert.deepEqual(asked, [], `${path} fetches the simulator ${y} pixels away from it`);
        await alive(page, ids[0]);
        assert.equal(asked.length, 2, `${path}: ${asked}`);
    }
    assert.ok(far > 0, "every component is on the first screen");
    await page.context().close();
});

test("module, scripts and style are small", () => {
    const folder = join(built, "simulator");
    const sizes = readdirSync(folder).map((name) => [name, gzipSync(readFileSync(join(folder, name))).length]);
    const sum = sizes.reduce((all, [, size]) => all + size, 0);
    assert.ok(sizes.some(([name]) => name.endsWith(".wasm")), "the module is not there");
    assert.ok(sum < LARGEST, `${sum} bytes compressed, ${LARGEST} allowed: ${sizes.map((one) => one.join(" ")).join(", ")}`);
});
