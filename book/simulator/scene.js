// A scene that is played step by step: a question first, the answer last.
import { button, enable, make } from "./dom.js";

const PACE = 1100;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function scene(component, steps, parts) {
    let timer = null;
    let answered = false;
    const at = () => component.done.length;
    const step = button("Step", () => { halt(); forward(); component.log.look(); }, { primary: true });
    const run = button("Run to the end", () => (timer ? halt() : toTheEnd()));
    const count = make("span.sim-count");
    const next = make("span.sim-next");
    const prediction = make("input", { type: "text", autocomplete: "off", onkeydown: begin });
    const ask = make("label.sim-predict", {}, make("span", {}, "Your prediction"), prediction);
    const reveal = make("div.sim-reveal");

    function forward() {
        if (at() < steps.length) component.go(steps.slice(0, at() + 1));
    }

    /** Enter leads on to the button: what was predicted can still be changed before anything happens. */
    function begin(event) {
        if (event.key !== "Enter") return;
        event.preventDefault();
        step.focus();
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

    /** The line to come would give the answer away to whoever still predicts. */
    function ahead() {
        const coming = steps[at()];
        return coming && (at() > 0 || !parts.question) ? ["next: ", make("code", {}, coming)] : [];
    }

    return {
        above: parts.question ? [ask] : [],
        buttons: { first: [step], last: [run, next, count] },
        told: [reveal],
        below: [],
        link: "Go on from here in the playground",
        focus: step,
        halt,
        reset() {
            answered = false;
            prediction.value = "";
            reveal.replaceChildren();
        },
        follow() {
            const end = at() === steps.length;
            enable(step, !end);
            enable(run, !end);
            count.textContent = `${at()} of ${steps.length}`;
            next.replaceChildren(...ahead());
            // What was seen stays: Undo goes back in the story, not in what the reader knows.
            if (end && !answered) {
                reveal.replaceChildren(...answer());
                answered = true;
            }
            ask.hidden = at() > 0 || answered;
        },
    };
}
