// A scene that is played step by step: a question first, the answer last.
import { button, enable, make } from "./dom.js";

const PACE = 1100;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function scene(component, steps, parts) {
    let timer = null;
    const at = () => component.done.length;
    const step = button("Step", () => { halt(); forward(); }, { primary: true });
    const run = button("Run to the end", () => (timer ? halt() : toTheEnd()));
    const count = make("span.sim-count");
    const prediction = make("input", { type: "text", autocomplete: "off", onkeydown: begin });
    const ask = make("label.sim-predict", {}, make("span", {}, "Your prediction"), prediction);
    const reveal = make("div.sim-reveal", { role: "status" });

    function forward() {
        if (at() < steps.length) component.go(steps.slice(0, at() + 1));
    }

    /** Whoever has written a prediction goes on with Enter. */
    function begin(event) {
        if (event.key !== "Enter") return;
        event.preventDefault();
        step.focus();
        forward();
    }

    /** One step after the other, slowly enough to watch; all at once where nothing is to move. */
    function toTheEnd() {
        if (still.matches) return component.go(steps);
        forward();
        if (at() === steps.length) return halt();
        timer = setTimeout(toTheEnd, PACE);
        run.textContent = "Pause";
    }

    function halt() {
        clearTimeout(timer);
        timer = null;
        run.textContent = "Run to the end";
    }

    function answer() {
        const words = prediction.value.trim();
        const said = words === "" ? "" : make("p.sim-predicted", {}, "You predicted: ", make("q", {}, words));
        return parts.answer ? [said, parts.answer.cloneNode(true)] : [];
    }

    return {
        above: parts.question ? [ask] : [],
        buttons: { first: [step], last: [run, count] },
        help: [],
        below: [reveal],
        link: "Go on from here in the playground",
        focus: step,
        halt,
        follow() {
            const end = at() === steps.length;
            enable(step, !end);
            enable(run, !end);
            count.textContent = `${at()} of ${steps.length}`;
            ask.hidden = at() > 0;
            reveal.replaceChildren(...(end ? answer() : []));
        },
    };
}
