// The model of the queues, which is WebAssembly: a session's text in, its steps and a picture out (simulator/page/README.md).

let loading;

/** Resolves to the function that plays a session; every component of a page shares one module. */
export function model() {
    loading ??= load();
    return loading;
}

async function load() {
    const answer = await fetch(new URL("simulator.wasm", import.meta.url));
    if (!answer.ok) throw new Error(`simulator.wasm: ${answer.status} ${answer.statusText}`);
    const module = await WebAssembly.compile(await answer.arrayBuffer());
    let instance = await WebAssembly.instantiate(module);
    return (lines) => {
        try {
            return play(instance.exports, lines.join("\n"));
        } catch (error) {
            // What a module holds after it has stopped half-way is not to be trusted.
            instance = new WebAssembly.Instance(module);
            throw error;
        }
    };
}

function play({ memory, reserve, session }, text) {
    const bytes = new TextEncoder().encode(text);
    const place = reserve(bytes.length) >>> 0;
    // Only now: making room may have replaced the buffer.
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
    const packed = BigInt.asUintN(64, session(place, bytes.length));
    const json = new Uint8Array(memory.buffer, Number(packed >> 32n), Number(packed & 0xffffffffn));
    return JSON.parse(new TextDecoder().decode(json));
}
