// Serves the built book as a public host would: compressed, with types and cache lifetimes, 404.html for the rest.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const types = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
};
const packed = new Set([".html", ".css", ".js", ".json", ".svg", ".wasm"]);

/** The folder that mdBook builds into; `BOOK=...` names another one. */
export const built = process.env.BOOK ?? join(dirname(fileURLToPath(import.meta.url)), "../../target/book");

/** Starts on a free port of this machine; resolves to the address, a count of the bytes sent, and a way to stop. */
export async function serve(root = built) {
    const kept = new Map();
    const sent = { bytes: 0 };
    async function load(path) {
        if (!kept.has(path)) {
            const plain = await readFile(join(root, path));
            kept.set(path, packed.has(extname(path)) ? { body: gzipSync(plain), zip: true } : { body: plain, zip: false });
        }
        return kept.get(path);
    }
    const server = createServer(async (request, response) => {
        let path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
        if (path.endsWith("/")) path += "index.html";
        let status = 200;
        let file = await load(path).catch(() => null);
        if (!file) {
            status = 404;
            path = "/404.html";
            file = await load(path).catch(() => ({ body: "not found", zip: false }));
        }
        // A name with a hash in it never changes its content.
        const hashed = /-[0-9a-f]{8}\./.test(path);
        response.writeHead(status, {
            "content-type": types[extname(path)] ?? "application/octet-stream",
            "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
            ...(file.zip && { "content-encoding": "gzip" }),
        });
        sent.bytes += file.body.length;
        response.end(file.body);
    });
    await new Promise((done) => server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", done));
    return {
        address: `http://127.0.0.1:${server.address().port}`,
        sent,
        stop: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
    };
}

// `node server.mjs` serves until it is stopped.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { address } = await serve();
    console.log(`${built} at ${address}`);
}
