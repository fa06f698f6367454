// What the tests share: the book as files, and a browser looking at it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { built, serve } from "./server.mjs";

export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const chromiumFlags = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Fails with a sentence when there is no book or no browser to test it with. */
export function ready() {
    if (!existsSync(join(built, "toc.html"))) {
        throw new Error(`There is no built book in ${built}. Build it first: cargo book build (or mdbook build).`);
    }
    if (!existsSync(chromiumPath)) {
        throw new Error(`There is no browser at ${chromiumPath}. Install one (apt-get install -y chromium), or name another: CHROMIUM=/path npm test.`);
    }
}

/** The served HTML of a page, as a browser without scripts gets it. */
export const html = (page) => readFileSync(join(built, page), "utf8");

/** Every chapter, in reading order, from the table of contents that mdBook writes. */
export function chapters() {
    ready();
    const found = [...html("toc.html").matchAll(/<a href="([^"#]+\.html)"/g)].map((match) => match[1]);
    if (found.length === 0) throw new Error(`${built}/toc.html lists no chapter.`);
    return [...new Set(found)];
}

/** Chapters and everything else that mdBook makes a page of. */
export const pages = () => ["index.html", ...chapters(), "toc.html", "404.html", "print.html"];

/** Text of a piece of HTML. */
export function text(piece) {
    const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
    return piece.replace(/<[^>]*>/g, "").replace(/&([a-z0-9#]+);/gi, (whole, name) => entities[name.toLowerCase()] ?? whole);
}

/** What reaches over the right edge of the screen: the page itself, or what mdBook clips off it, but no box that scrolls. Runs in the page. */
export function tooWide() {
    const edge = document.documentElement.clientWidth;
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    const stray = (one) => {
        if (one.getBoundingClientRect().right <= edge + 0.5) return false;
        for (let box = one.parentElement; box; box = box.parentElement) if (scrolls(box)) return false;
        return true;
    };
    const found = [...document.querySelectorAll(".page *, main *")].filter(stray).map((one) => one.outerHTML.slice(0, 100));
    const over = document.documentElement.scrollWidth - edge;
    return over > 0 ? [`the page scrolls sideways by ${over} pixels`, ...found] : found;
}

/** A browser on the served book. `visit` opens a page in a context of its own and collects what goes wrong in it. */
export async function open() {
    ready();
    const site = await serve();
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    return {
        address: site.address,
        browser,
        async visit(path, options = {}) {
            const narrow = (options.viewport?.width ?? 1280) < 600;
            const context = await browser.newContext({
                viewport: { width: 1280, height: 800 }, hasTouch: narrow, isMobile: narrow, ...options,
            });
            // print.html opens the print dialogue by itself, which nobody is here to close.
            await context.addInitScript(() => { window.print = () => {}; });
            const page = await context.newPage();
            page.complaints = [];
            page.on("console", (message) => {
                if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
            });
            page.on("pageerror", (error) => page.complaints.push(String(error)));
            page.go = (next) => page.goto(`${site.address}/${next}`);
            await page.go(path);
            return page;
        },
        async close() {
            await browser.close();
            await site.stop();
        },
    };
}
