// Open play: a command line, and buttons that write the same lines.
import { button, make } from "./dom.js";

const COMMANDS = [
    ["create KEY [excl] [mode OCTAL]", "make a queue, or find the one that is there"],
    ["open KEY", "find a queue that is there"],
    ["private [mode OCTAL]", "make a queue without a key"],
    ["use ID", "go on with the queue of this id"],
    ["send TYPE [TEXT] [nowait]", "TEXT as it is, \"in quotes\", or *8000 for so many bytes"],
    ["recv [TYPE] [size N] [nowait] [except] [noerror] [copy]", "TYPE 0 is the oldest message, \u22122 the lowest type up to 2"],
    ["stat", "look at the queue"],
    ["set qbytes N", "also: mode OCTAL, uid N, gid N"],
    ["rm", "remove the queue"],
    ["NAME: interrupt", "a signal arrives at a process"],
    ["NAME: uid N [gid N]", "the process is an ordinary user\u2019s from now on"],
    ["limit msgmnb N", "a limit of the system; also msgmax, msgmni"],
    ["NAME: command", "any command by a process of this name"],
    ["undo, reset, help", "one step back, back to the beginning, this list"],
];

export function playground(component) {
    const typed = [];
    let recalled = 0;
    const error = make("p.sim-error", { id: `${component.root.id}-error`, role: "alert" });
    const input = make("input.sim-line", {
        type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: false, onkeydown: recall,
        placeholder: "send 3 hello", "aria-describedby": error.id,
    });
    const help = make("details.sim-help", {}, make("summary", {}, "Commands"), make("dl", {},
        ...COMMANDS.flatMap(([line, words]) => [make("dt", {}, make("code", {}, line)), make("dd", {}, words)])));
    const interrupts = make("span.sim-interrupts");
    const press = (line) => button(line, () => act(line), { command: true });

    /** Does a line; what is wrong with it stands below the field that it came from. */
    function act(line) {
        const words = {
            help() { help.open = true; component.say("The commands are listed below."); },
            undo() { component.undo(); },
            reset() { component.restart(); },
        };
        const reason = Object.hasOwn(words, line) ? words[line]() : component.add(line);
        if (!reason) component.log.look();
        error.textContent = reason ?? "";
        if (reason) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        return !reason;
    }

    function submit() {
        const line = input.value.trim();
        if (line !== "" && typed.at(-1) !== line) typed.push(line);
        recalled = typed.length;
        if (act(line)) input.value = "";
    }

    function recall(event) {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!step) return;
        event.preventDefault();
        recalled = Math.min(Math.max(recalled + step, 0), typed.length);
        input.value = typed[recalled] ?? "";
    }

    return {
        above: [
            form(submit, make("label.sim-wide", {}, make("span", {}, "Command"), input), "Do it"),
            error,
        ],
        buttons: { first: [], last: [...["create 1234", "stat", "set qbytes 0", "rm"].map(press), interrupts] },
        told: [],
        below: [make("div.sim-forms", {}, sending(act), receiving(act)), help],
        link: "Link to this state",
        focus: input,
        halt() {},
        reset() {},
        follow({ state }) {
            const had = interrupts.contains(document.activeElement);
            const asleep = state.processes.filter((process) => process.asleep);
            interrupts.replaceChildren(...asleep.map((process) => press(`${process.name}: interrupt`)));
            if (had) input.focus();
        },
    };
}

function form(submit, ...fields) {
    const name = fields.pop();
    return make("form.sim-form", { "aria-label": name, onsubmit: (event) => { event.preventDefault(); submit(); } },
        ...fields, make("button.sim-button", { type: "submit" }, name));
}

function field(name, properties) {
    const input = make("input", { autocomplete: "off", ...properties });
    return [make("label", {}, make("span", {}, name), input), input];
}

function nowait() {
    const box = make("input", { type: "checkbox" });
    return [make("label.sim-check", {}, box, "nowait"), () => (box.checked ? " nowait" : "")];
}

function sending(act) {
    const [typeLabel, type] = field("Type to send", { type: "number", value: "1", required: true });
    const [textLabel, text] = field("Text", { type: "text", value: "hello", spellcheck: false });
    const [flagLabel, flag] = nowait();
    const submit = () => act(`send ${type.value}${written(text.value)}${flag()}`);
    return form(submit, typeLabel, textLabel, flagLabel, "Send");
}

function receiving(act) {
    const [typeLabel, type] = field("Type to receive", { type: "number", value: "0", required: true });
    const [flagLabel, flag] = nowait();
    return form(() => act(`recv ${type.value}${flag()}`), typeLabel, flagLabel, "Receive");
}

/** A text for the command line: in quotes where it would be read otherwise. */
function written(text) {
    if (text === "") return "";
    const plain = /^(\*\d+|[\p{L}\p{N}][\p{L}\p{N} .,!?'-]*)$/u.test(text) && !/(^|\s)nowait$/.test(text) && text.trim() === text;
    return plain ? ` ${text}` : ` "${text}"`;
}
