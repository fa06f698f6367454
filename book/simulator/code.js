// What was done, as a program would do it: in C and in Rust.
import { button, make } from "./dom.js";

let count = 0;

export function code(copy) {
    const shown = make("code");
    const name = `sim-code-${count += 1}`;
    const texts = { C: "", Rust: "" };
    let language = "C";
    const choice = (which) => make("label", {}, make("input", {
        type: "radio", name, checked: which === language,
        onchange: () => { language = which; shown.textContent = texts[which]; },
    }), which);
    const box = make("details.sim-code", {},
        make("summary", {}, "Show what was done as code"),
        make("div.sim-bar", {},
            make("div.sim-choice", { role: "radiogroup", "aria-label": "Show as" }, choice("C"), choice("Rust")),
            button("Copy", () => copy(texts[language], "The code"))),
        make("pre", {}, shown));
    return {
        box,
        list(listing) {
            Object.assign(texts, { C: listing.c, Rust: listing.rust });
            shown.textContent = texts[language];
        },
    };
}
