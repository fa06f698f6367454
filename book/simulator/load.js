// Stands on every page: fetches the simulator when one of its components comes near the screen, and not before.
"use strict";
{
    // On paper, and on the page made for it, the text and the pictures that are there already do.
    const components = location.pathname.endsWith("/print.html") ? [] : document.querySelectorAll(".sim");

    const fail = (component, reason) => {
        const note = document.createElement("p");
        note.className = "sim-note";
        note.textContent = reason;
        component.querySelector(".sim-fallback").append(note);
    };

    const begin = async (component) => {
        if (typeof WebAssembly !== "object") {
            fail(component, "The simulator cannot run here: this browser has WebAssembly switched off. The text stands in its place.");
            return;
        }
        try {
            const { start } = await import(new URL(`${path_to_root}simulator/simulator.js`, document.baseURI));
            await start(component);
        } catch (error) {
            fail(component, `The simulator could not be loaded (${error.message}). The text stands in its place; loading the page again may help.`);
        }
    };

    const sight = new IntersectionObserver((entries) => {
        for (const { isIntersecting, target } of entries) {
            if (!isIntersecting) continue;
            sight.unobserve(target);
            begin(target);
        }
    }, { rootMargin: "400px" });
    for (const component of components) sight.observe(component);
}
