// The simulator's component: takes the place of the text and the picture that the page came with.
// Every action makes a list of lines, and the model plays the list from its beginning: undo is a shorter list.
import { fragment, linesOf, remember, remembered } from "./address.js";
import { code } from "./code.js";
import { button, enable, make } from "./dom.js";
import { log } from "./log.js";
import { model } from "./model.js";
import { show } from "./picture.js";
import { playground } from "./playground.js";
import { scene } from "./scene.js";

/** The page with the playground, where a link to a state leads. */
const PLAYGROUND = "simulator.html";

/** Brings a component to life, or throws and leaves it as it is. */
export async function start(root) {
    new Component(root, await model()).take();
}

function onScreen(one) {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}

class Component {
    constructor(root, play) {
        const given = (name) => root.dataset[name].split("\n").filter((line) => line !== "");
        const steps = given("steps");
        const parts = { question: root.querySelector(".sim-question"), answer: root.querySelector(".sim-answer") };
        const home = given("setup");
        Object.assign(this, { root, play, home, setup: home, done: [], open: steps.length === 0 });
        this.before = root.querySelector(".sim-setup");
        this.view = make("div.sim-view");
        this.code = code((text, what) => this.copy(text, what));
        this.status = make("p.sim-status");
        this.undoing = button("Undo", () => this.undo());
        this.resetting = button("Reset", () => this.restart());
        this.mode = this.open ? playground(this) : scene(this, steps, parts);
        this.log = log(this.status, ...this.mode.told);
        this.link = make("a", {}, this.mode.link);
    }

    take() {
        const { root, mode } = this;
        const { first, last } = mode.buttons;
        const buttons = make("div.sim-buttons", {}, ...first, this.undoing, this.resetting, ...last);
        // What came of it stands right below what was pressed, or typed.
        const parts = this.open
            ? [this.view, ...mode.above, this.log.box, buttons]
            : [...mode.above, this.view, buttons, this.log.box];
        const stage = make(`div.sim-stage.${this.open ? "sim-play" : "sim-scene"}`, {},
            ...parts, ...mode.below, this.code.box, make("p.sim-foot", {}, this.link));
        // Keys that are pressed here are not the page's own, whose arrows turn the page.
        stage.addEventListener("keydown", (event) => {
            if (event.target.matches("input") || event.key.startsWith("Arrow")) event.stopPropagation();
        });
        const linked = this.open ? this.listenToAddress() : "";
        const said = linked || (this.open ? this.recall() : "");
        // The first picture before anything is taken away: where the model fails, the page stays as it is.
        this.go(this.done, said);
        const fallback = root.querySelector(".sim-fallback");
        const focus = document.activeElement;
        const inside = fallback.contains(focus);
        const seen = onScreen(focus);
        fallback.before(stage);
        root.classList.add("sim-live");
        // The component is taller than what it replaces: whoever is further down with the focus does not lose sight of it.
        if (inside) mode.focus.focus();
        else if (linked) this.comeIntoView();
        else if (seen && !onScreen(focus)) focus.scrollIntoView({ block: "nearest", behavior: "instant" });
    }

    /** The playground starts with the state that its address names, and its link leads there. */
    listenToAddress() {
        addEventListener("hashchange", () => {
            const said = this.takeAddress();
            if (!said) return;
            this.go(this.done, said);
            this.comeIntoView();
        });
        this.link.addEventListener("click", () => this.copy(this.link.href, "The link"));
        return this.takeAddress();
    }

    /** Takes the lines from the address; returns what there is to say about that. */
    takeAddress() {
        let lines;
        try {
            lines = linesOf(location.hash);
        } catch {
            return "This link is damaged: it names no state that could be restored.";
        }
        // The component's own link leads to where it is.
        if (!lines || lines.join("\n") === this.lines().join("\n")) return "";
        const { steps } = this.play(lines);
        const understood = steps.filter((step) => step.understood);
        Object.assign(this, { setup: [], done: understood.map((step) => step.line) });
        const wrong = steps.find((step) => !step.understood);
        if (!wrong) return "This is the state that the link names.";
        const others = steps.length - understood.length - 1;
        const more = others === 0 ? "was left out" : `was left out, and so were ${others} more`;
        return `Line ${steps.indexOf(wrong) + 1} of the link could not be read and ${more}: ${wrong.told.join(" ")}`;
    }

    /** What was done here before the page was loaded again. */
    recall() {
        const before = remembered();
        if (!before) return "What you do is told here.";
        Object.assign(this, { setup: before.fromHome ? this.home : [], done: before.done });
        return "What you did before is still here. Reset goes back to the beginning.";
    }

    comeIntoView() {
        this.root.scrollIntoView({ block: "start", behavior: "instant" });
    }

    /** The whole session. */
    lines() {
        return [...this.setup, ...this.done];
    }

    /** Does one more line if it is understood; otherwise returns why it was not. */
    add(line) {
        let played;
        try {
            played = this.play([...this.lines(), line]);
        } catch (error) {
            console.error(error);
            return "The simulator stopped at this line, which is a mistake in the simulator. Nothing has changed.";
        }
        if (played.steps.length === this.lines().length) return "There is nothing to do yet: type a command, or help.";
        const step = played.steps.at(-1);
        if (!step.understood) return step.told.join(" ");
        this.render(played, [...this.done, line]);
        return null;
    }

    undo() {
        if (this.done.length > 0) this.go(this.done.slice(0, -1), `Undone: ${this.done.at(-1)}`);
    }

    restart() {
        this.setup = this.home;
        this.mode.reset();
        this.go([], "Back at the beginning.");
    }

    /** Goes to the state after the lines `done`, and says so where the log does not. */
    go(done, said = "") {
        this.render(this.play([...this.setup, ...done]), done, said);
    }

    render(played, done, said = "") {
        const steps = played.steps.slice(this.setup.length);
        const forward = done.length > this.done.length;
        const changed = done !== this.done;
        if (!forward) this.mode.halt();
        this.done = done;
        show(this.view, played.picture, forward ? steps.at(-1).woken.map((call) => call.process) : []);
        this.log.show(steps);
        this.code.list(played.listing);
        this.say(said);
        this.link.href = (this.open ? location.pathname : path_to_root + PLAYGROUND) + fragment(this.lines());
        this.before?.toggleAttribute("hidden", this.setup !== this.home);
        enable(this.undoing, done.length > 0);
        enable(this.resetting, done.length > 0 || this.setup !== this.home);
        this.mode.follow(played);
        if (this.open && changed) this.leaveAddress();
    }

    /** The address goes on naming what it named: who goes on from there leaves it. */
    leaveAddress() {
        if (location.hash.startsWith("#s=")) history.replaceState(null, "", location.pathname + location.search);
        remember(this.setup === this.home, this.done);
    }

    say(words) {
        this.status.textContent = words;
    }

    async copy(text, what) {
        try {
            await navigator.clipboard.writeText(text);
            this.say(`${what} is copied.`);
        } catch {
            this.say(`${what} could not be copied: the browser does not allow it here.`);
        }
    }
}
