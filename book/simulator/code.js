// What was done, as a program would do it: in Rust and in C.
import { button, make } from "./dom.js";

let count = 0;

export function code(copy) {
    const shown = make("code");
    const name = `sim-code-${count += 1}`;
    const texts = { Rust: "", C: "" };
    let language = "Rust";
    const choice = (which) => make("label", {}, make("input", {
        type: "radio", name, checked: which === language,
        onchange: () => { language = which; shown.textContent = texts[which]; },
    }), which);
    const box = make("details.sim-code", {},
        make("summary", {}, "Show what was done as code"),
        make("div.sim-bar", {},
            make("div.sim-choice", { role: "radiogroup", "aria-label": "Show as" }, choice("Rust"), choice("C")),
            button("Copy", () => copy(texts[language], "The code"))),
        make("pre", {}, shown));
    return {
        box,
        list(listing) {
            Object.assign(texts, { Rust: listing.rust, C: listing.c });
            shown.textContent = texts[language];
        },
    };
}
