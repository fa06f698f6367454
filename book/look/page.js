// What the page does besides mdBook's own scripts, which have run before this one.
"use strict";

// The sidebar's button is a real button; mdBook listens to a checkbox.
(function sidebarButton() {
    const button = document.getElementById("mdbook-sidebar-toggle");
    const box = document.getElementById("mdbook-sidebar-toggle-anchor");
    const sidebar = document.getElementById("mdbook-sidebar");
    const narrow = () => document.documentElement.clientWidth < 1080;
    button.setAttribute("aria-expanded", box.checked);
    const toggle = () => {
        box.checked = !box.checked;
        box.dispatchEvent(new Event("change"));
    };
    button.addEventListener("click", () => {
        toggle();
        // On a narrow page the list covers the text: the focus goes along.
        if (box.checked && narrow()) (sidebar.querySelector("a.active") ?? sidebar.querySelector("a")).focus();
    });
    sidebar.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && narrow()) {
            toggle();
            button.focus();
        }
    });
})();

// The words of a session: prompt, command, output. `$ ` begins a command, `> ` directly below goes on with it.
function commands(text) {
    const found = [];
    let inside = false;
    for (const line of text.split("\n")) {
        if (line.startsWith("$ ")) {
            found.push(line.slice(2));
            inside = true;
        } else if (inside && line.startsWith("> ")) {
            found.push(line.slice(2));
        } else {
            inside = false;
        }
    }
    return found;
}

// Copying a session gives its commands, bare; copying anything else gives all of it. book.js asks this function.
{
    const whole = window.playground_text;
    window.playground_text = (pre, hidden) => {
        const session = pre.querySelector("code.session");
        return session ? commands(session.textContent).join("\n") : whole(pre, hidden);
    };
}

(function sessions() {
    for (const code of document.querySelectorAll("pre > code.language-console, .terminal pre > code")) {
        const lines = code.textContent.replace(/\n$/, "").split("\n");
        code.classList.add("session");
        // What a test says is a sentence, not a table: it wraps on a narrow screen too.
        if (lines[0].startsWith("$ cargo test")) code.classList.add("sentences");
        code.replaceChildren(...lines.flatMap((line, at) => {
            const part = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
            const end = at + 1 < lines.length ? "\n" : "";
            const prompted = /^([$>] )(.*)$/.exec(line);
            if (prompted) return [part("prompt", prompted[1]), part("command", prompted[2] + end)];
            const cut = /^(\? \d+|\.\.\.|.*\[\.\.\].*)$/.test(line);
            return [part(cut ? "cut" : "output", line + end)];
        }));
        // Nothing to copy where nobody types a command.
        if (commands(code.textContent).length === 0) code.parentElement.querySelector(".clip-button")?.remove();
    }
})();

// Every copy button says what it copies, and says so aloud when it has.
for (const button of document.querySelectorAll(".clip-button")) {
    const session = button.closest("pre").querySelector("code.session");
    button.title = session ? "Copy the commands" : "Copy the code";
    button.setAttribute("aria-label", button.title);
    button.querySelector(".tooltiptext").setAttribute("role", "status");
}

// A box that scrolls sideways can be focused, has a name, and keeps the arrow keys, which elsewhere turn the page.
(function scrollingBoxes() {
    const name = (box) => {
        const caption = box.closest("figure")?.querySelector("figcaption");
        if (caption) return caption.textContent.trim();
        return box.matches(".table-wrapper") ? "Table, scrolls sideways" : "Code, scrolls sideways";
    };
    const watch = new ResizeObserver((entries) => {
        for (const { target: box } of entries) {
            if (box.scrollWidth > box.clientWidth) {
                box.tabIndex = 0;
                box.setAttribute("role", "group");
                box.setAttribute("aria-label", name(box));
            } else {
                for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
            }
        }
    });
    for (const box of document.querySelectorAll("main pre > code, .table-wrapper")) {
        watch.observe(box);
        box.addEventListener("keydown", (event) => {
            if (box.tabIndex === 0 && event.key.startsWith("Arrow")) event.stopPropagation();
        });
    }
})();

// index.html is the introduction under a second address: name the first, whatever the host is.
{
    const link = document.createElement("link");
    link.rel = "canonical";
    const path = path_to_root === "" ? location.pathname.replace(/\/(index\.html)?$/, "/introduction.html") : location.pathname;
    link.href = location.origin + path;
    document.head.append(link);
}

// A search hit inside a closed fold opens it: in the section that the search led to, not all over the page.
(function hitsInFolds() {
    const headings = [...document.querySelectorAll("main :is(h1, h2, h3, h4)[id]")];
    const follows = (one, heading) => heading.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const open = () => {
        for (const hit of document.querySelectorAll("details:not([open]) mark")) {
            const section = headings.findLast((heading) => follows(hit, heading));
            if (section?.id === decodeURIComponent(location.hash.slice(1))) hit.closest("details").open = true;
        }
    };
    open();
    // The next hit on the same page.
    addEventListener("hashchange", open);
})();

// On paper, folded answers are open.
addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not([open])")) {
        fold.open = true;
        fold.dataset.opened = "for printing";
    }
});
addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("details[data-opened]")) {
        fold.open = false;
        delete fold.dataset.opened;
    }
});
