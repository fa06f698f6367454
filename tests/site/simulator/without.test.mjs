// Where the component cannot be: without scripts, without the module, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, book, example, playground, scenes, shown, still } from "./component.mjs";

test("picture and text are there without scripts", async () => {
    const page = await book.visit("index.html", { javaScriptEnabled: false });
    for (const { path, ids } of scenes()) {
        await page.go(path);
        for (const id of ids) {
            const sim = page.locator(`#${id}`);
            assert.ok(await sim.locator(".sim-fallback > .sim-picture").isVisible(), id);
            const fold = sim.locator(".sim-fold > summary");
            if (await fold.count() > 0) await fold.click();
            for (const told of await sim.locator(".sim-told > li").all()) assert.ok(await told.isVisible(), id);
        }
    }
    await page.context().close();
});

test("text stays and says why where WebAssembly is missing", async () => {
    const { path, id } = example();
    const page = await book.visit("index.html");
    await page.addInitScript(() => { delete globalThis.WebAssembly; });
    await page.go(path);
    const sim = page.locator(`#${id}`);
    await sim.scrollIntoViewIfNeeded();
    await sim.getByText("WebAssembly switched off").waitFor();
    assert.ok(await sim.locator(".sim-fallback > .sim-picture").isVisible());
    assert.equal(await sim.locator(".sim-stage").count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

for (const [what, file, damage] of [
    ["the module cannot be fetched", "simulator.wasm", (route) => route.abort()],
    ["the module is not there", "simulator.wasm", (route) => route.fulfill({ status: 404, body: "" })],
    ["the module is damaged", "simulator.wasm", (route) => route.fulfill({ body: "<!DOCTYPE html>" })],
    ["the script cannot be fetched", "simulator.js", (route) => route.abort()],
]) {
    test(`text stays and says why when ${what}`, async () => {
        const { path, id } = example();
        const page = await book.visit("index.html");
        await page.route(`**/simulator/${file}`, damage);
        await page.go(path);
        const sim = page.locator(`#${id}`);
        await sim.scrollIntoViewIfNeeded();
        await sim.getByText("The simulator could not be loaded").waitFor();
        assert.ok(await sim.locator(".sim-fallback > .sim-picture").isVisible());
        assert.equal(await sim.locator(".sim-stage").count(), 0);
        await page.context().close();
    });
}

test("text takes the place of the component on paper", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const sim = await alive(page, id);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await sim.locator(".sim-stage").isVisible(), false);
    assert.ok(await sim.locator(".sim-fallback").isVisible());
    for (const told of await sim.locator(".sim-told > li").all()) assert.ok(await told.isVisible());
    assert.ok(await sim.locator(".sim-answer").first().isVisible());
    await page.context().close();
});

test("playground on paper shows what was played, and who sleeps", async () => {
    const { page, sim, type } = await playground();
    for (const line of ["send 3 hello", "A: recv 9", "B: recv 3", "send 3 hello", "D: recv 3"]) await type(line);
    const names = (await sim.evaluate(shown)).steps.map(([line]) => line);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.ok(await sim.locator(".sim-view").isVisible());
    assert.equal(await sim.locator(".sim-fallback").isVisible(), false);
    assert.equal(await sim.getByRole("button").count(), 0);
    const rows = await sim.locator(".sim-steps > li").evaluateAll((all) => all
        .map((one) => [one.getBoundingClientRect().top, one.querySelector("code").textContent]).sort(([a], [b]) => a - b).map(([, line]) => line));
    assert.deepEqual(rows, names, "the steps are not in their order");
    const cut = await sim.locator(".sim-log").evaluate((one) => one.scrollHeight - one.clientHeight);
    assert.ok(cut <= 0, `${cut} pixels of the log are cut off`);
    const hollow = (name) => sim.locator(`[data-name="${name}"] .sim-name`).evaluate((one) => {
        const dot = getComputedStyle(one, "::before");
        return parseFloat(dot.borderTopWidth) * 2 < parseFloat(dot.height) - 1;
    });
    assert.equal(await hollow("A"), true, "who sleeps has a full mark");
    assert.equal(await hollow("B"), false, "who is awake has a mark that paper shows hollow");
    await page.context().close();
});
