// axe-core on the page as it stands; what it finds, one line for each element.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function axe(page) {
    // Chromium runs this even where the page's own scripts are off.
    await page.evaluate((script) => { if (!window.axe) (0, eval)(script); }, source);
    const found = await page.evaluate(async () => {
        // The shade at the edge of a scrolling box is a gradient, on which axe would not judge contrast at all.
        const plain = document.createElement("style");
        plain.textContent = "main pre > code, .table-wrapper { background-image: none !important }";
        document.head.append(plain);
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        plain.remove();
        return violations;
    });
    return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}
