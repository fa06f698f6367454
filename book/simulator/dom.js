// Elements without a template: text stays text.

/** Makes an element: `make("p.note", { title: "x" }, "text", child)`. */
export function make(name, properties = {}, ...children) {
    const [tag, ...classes] = name.split(".");
    const element = document.createElement(tag);
    if (classes.length > 0) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(properties)) {
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else if (key.includes("-") || key === "role") element.setAttribute(key, value);
        else element[key] = value;
    }
    element.append(...children);
    return element;
}

/** A button that can always be focused: one that vanished under the finger would take the focus with it. */
export function button(label, press, { primary = false, command = false } = {}) {
    const name = `button.sim-button${primary ? ".sim-primary" : ""}${command ? ".sim-command" : ""}`;
    return make(name, { type: "button", onclick: (event) => { if (!off(event.currentTarget)) press(); } }, label);
}

export const off = (one) => one.getAttribute("aria-disabled") === "true";

export function enable(one, can) {
    if (can) one.removeAttribute("aria-disabled");
    else one.setAttribute("aria-disabled", "true");
}

/** Lets the keyboard into a box that scrolls, and not into one that shows all it has. Known when the box is on the page. */
export function reachable(box) {
    requestAnimationFrame(() => {
        if (box.scrollHeight > box.clientHeight) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
    });
}
