// The playground: the command line, its buttons, and what they show.
import assert from "node:assert/strict";
import { test } from "node:test";
import { narrow, playground, shown, still } from "./component.mjs";

test("command line reports what it does not understand, and changes nothing", async () => {
    const { page, sim, input, type } = await playground();
    const empty = await sim.evaluate(shown);
    const alert = sim.locator(".sim-error");
    for (const line of ["bogus", "send", "send x hello", "#", "recv 1 2", "limit 7"]) {
        await type(line);
        assert.match(await alert.textContent(), /\w{3}.*\.$/, `nothing is said of ${line}`);
        assert.equal(await input.getAttribute("aria-invalid"), "true");
        assert.equal(await input.inputValue(), line, "what is to be mended has gone");
        assert.deepEqual(await sim.evaluate(shown), empty, line);
    }
    await type("send 3 hello");
    assert.equal(await alert.textContent(), "");
    assert.equal(await input.getAttribute("aria-invalid"), null);
    assert.equal(await input.inputValue(), "");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("command line remembers, helps, undoes and resets", async () => {
    const { page, sim, input, type, lines } = await playground();
    for (const line of ["send 3 one", "send 4 two", "stat"]) await type(line);
    const recalled = [];
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"]) {
        await input.press(key);
        recalled.push(await input.inputValue());
    }
    assert.deepEqual(recalled, ["stat", "send 4 two", "send 3 one", "send 3 one", "send 4 two", "stat", ""]);
    await type("help");
    assert.ok(await sim.getByText("recv [TYPE]").isVisible());
    await type("undo");
    assert.deepEqual(await lines(), ["send 3 one", "send 4 two"]);
    await type("reset");
    assert.deepEqual(await lines(), []);
    await page.context().close();
});

test("buttons write the lines that could be typed", async () => {
    const { page, sim, lines } = await playground();
    const sending = sim.getByRole("form", { name: "Send" });
    const receiving = sim.getByRole("form", { name: "Receive" });
    await sending.getByLabel("Type to send").fill("3");
    await sending.getByLabel("Text").fill('# "x" nowait');
    await sending.getByRole("button").click();
    await sending.getByLabel("Text").fill("*9");
    await sending.getByLabel("nowait").check();
    await sending.getByRole("button").click();
    await receiving.getByLabel("Type to receive").fill("-7");
    for (const _ of [1, 2, 3]) await receiving.getByRole("button").click();
    await sim.getByRole("button", { name: "R1: interrupt" }).click();
    for (const name of ["stat", "set qbytes 0", "rm"]) await sim.getByRole("button", { name, exact: true }).click();
    assert.equal(await sim.getByRole("alert").count(), 0);
    const all = await lines();
    assert.deepEqual(all.slice(1), ["send 3 *9 nowait", "recv -7", "recv -7", "recv -7", "R1: interrupt", "stat", "set qbytes 0", "rm"]);
    const told = (await sim.evaluate(shown)).steps;
    assert.match(told[0][1], /# "x" nowait/, "the text has changed on its way");
    assert.match(told[5].join(" "), /EINTR/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

test("sleepers are seen and heard asleep, and awake", async () => {
    const { page, sim, type } = await playground();
    await type("X: recv 3");
    const sleeper = sim.locator('.sim-asleep[data-name="X"]');
    assert.match(await sleeper.textContent(), /asleep in msgrcv/);
    assert.match(await sim.getByRole("log").textContent(), /X sleeps in msgrcv/);
    await type("send 3 hello");
    assert.equal(await sleeper.count(), 0);
    assert.equal(await sim.locator('.sim-woken[data-name="X"]').count(), 1);
    assert.match(await sim.getByRole("log").textContent(), /X wakes/);
    assert.equal(await sim.getByRole("log").getAttribute("aria-live"), "polite");
    await page.context().close();
});

test("queue of dozens of messages takes two rows, and the keyboard scrolls it", async () => {
    for (const options of [still, { ...still, ...narrow }]) {
        const { page, sim, type } = await playground(options);
        await type("send 1 hello");
        const queue = sim.locator(".sim-queue");
        const { height } = await queue.boundingBox();
        assert.equal(await queue.getAttribute("tabindex"), null, "nothing is hidden yet");
        for (const line of Array(20).fill("send 2 hello")) await type(line);
        assert.ok((await queue.boundingBox()).height < 2.6 * height, "the picture grows with every message");
        const oldest = queue.locator("li").first();
        assert.ok(await oldest.evaluate((one) => {
            const [box, all] = [one, one.parentElement].map((each) => each.getBoundingClientRect());
            return box.top >= all.top && box.bottom <= all.bottom;
        }), "the oldest message is out of sight");
        await queue.focus();
        await page.keyboard.press("End");
        await page.waitForFunction((one) => one.scrollTop > 0, await queue.elementHandle());
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    }
});
