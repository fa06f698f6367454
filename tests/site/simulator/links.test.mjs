// Links to a state of the playground, and what is restored from them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, alivePlayground, book, example, PLAYGROUND, playground, shown, still } from "./component.mjs";

test("link of a scene restores its state in the playground, where it can be undone", async () => {
    const { path, id } = example();
    const page = await book.visit(path, still);
    const sim = await alive(page, id);
    await sim.getByRole("button", { name: "Step" }).click();
    await sim.getByRole("button", { name: "Step" }).click();
    const { picture } = await sim.evaluate(shown);
    const lines = await sim.evaluate((root) => [root.dataset.setup, ...root.dataset.steps.split("\n").slice(0, 2)].join("\n").trim().split("\n"));
    const link = sim.getByRole("link", { name: "Go on from here in the playground" });
    const { hash } = new URL(await link.getAttribute("href"), page.url());
    assert.match(hash, /^#s=\w+\+/, "the link cannot be read by a person");
    await link.click();
    await page.waitForURL(`**/${PLAYGROUND}#s=*`);
    const there = await alivePlayground(page);
    const restored = await there.evaluate(shown);
    assert.equal(restored.picture, picture);
    assert.deepEqual(restored.steps.map(([line]) => line), lines);
    await there.getByRole("button", { name: "Undo" }).click();
    assert.equal((await there.evaluate(shown)).steps.length, lines.length - 1);
    await there.getByRole("button", { name: "Reset" }).click();
    assert.equal(new URL(page.url()).hash, "");
    assert.deepEqual((await there.evaluate(shown)).steps, []);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("playground's own link survives every character", async () => {
    const { page, sim, type } = await playground({ ...still, permissions: ["clipboard-read", "clipboard-write"] });
    await type("private");
    await type('A: send 3 "50% + 1; <b>&#\u00e9\u2028 nowait"');
    const told = await sim.evaluate(shown);
    await sim.getByRole("link", { name: "Link to this state" }).click();
    await sim.getByText("The link is copied.").waitFor();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(address, page.url());
    await page.goto("about:blank");
    await page.goto(address);
    const again = await alive(page, await sim.getAttribute("id"));
    const restored = await again.evaluate(shown);
    assert.equal(restored.picture, told.picture);
    assert.deepEqual(restored.steps.slice(-2), told.steps.slice(-2));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("link to a long session shows its end", async () => {
    const lines = ["create 1234", ...Array.from({ length: 12 }, (_, at) => `send ${at + 1} hello`), "rm"];
    const page = await book.visit(`${PLAYGROUND}#s=${lines.join(";").replaceAll(" ", "+")}`, still);
    const sim = await alivePlayground(page);
    await sim.locator(".sim-last").waitFor();
    assert.match(await sim.locator(".sim-last").textContent(), /^rm/);
    const atItsEnd = (root) => {
        const [last, box] = [".sim-last", ".sim-log"].map((one) => root.querySelector(one).getBoundingClientRect());
        return last.top >= box.top && last.bottom <= box.bottom + 1;
    };
    await page.waitForFunction(atItsEnd, await sim.elementHandle(), { timeout: 5000 })
        .catch(() => assert.fail("the last step is hidden beyond the edge of the list"));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("link that is pasted into the open playground is taken, one that is damaged is not", async () => {
    const { page, sim, lines } = await playground();
    await page.evaluate(() => { location.hash = "#s=create+7;send+3+hello"; });
    await sim.locator(".sim-steps > li").nth(1).waitFor();
    assert.deepEqual(await lines(), ["create 7", "send 3 hello"]);
    await page.evaluate(() => { location.hash = "#s=create+%E0%A4%A"; });
    await sim.getByText("This link is damaged").waitFor();
    assert.deepEqual(await lines(), ["create 7", "send 3 hello"]);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("page reports which lines of a link could not be read, also when it opens", async () => {
    for (const [hash, status, kept] of [
        ["#s=create+1234;bogus;send+3+hello", /^Line 2 of the link could not be read and was left out: .*bogus/, 2],
        ["#s=create+1234;bogus;send;send+3+hello", /^Line 2 .* and so were 1 more/, 2],
        ["#s=%zz", /^This link is damaged/, 0],
    ]) {
        const page = await book.visit(`${PLAYGROUND}${hash}`, still);
        const sim = await alivePlayground(page);
        assert.match(await sim.locator(".sim-status").textContent(), status);
        assert.equal((await sim.evaluate(shown)).steps.length, kept, hash);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    }
});

test("steps are restored when the page is loaded again", async () => {
    const { page, sim, type, lines } = await playground();
    await type("send 3 hello");
    await type("recv");
    const before = await sim.evaluate(shown);
    await page.reload();
    await alive(page, await sim.getAttribute("id"));
    assert.deepEqual(await sim.evaluate(shown), before);
    assert.match(await sim.locator(".sim-status").textContent(), /still here/);
    await page.evaluate(() => { location.hash = "#s=create+7"; });
    await sim.getByText("create 7").first().waitFor();
    await type("stat");
    assert.equal(new URL(page.url()).hash, "", "the address names a state that was left");
    await page.reload();
    await alive(page, await sim.getAttribute("id"));
    assert.deepEqual(await lines(), ["create 7", "stat"]);
    await type("reset");
    await page.reload();
    await alive(page, await sim.getAttribute("id"));
    assert.deepEqual(await lines(), []);
    assert.ok(await sim.locator(".sim-setup").isVisible());
    await page.context().close();
});
