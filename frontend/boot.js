// Wakes the page's islands. The server writes each as <leptos-island data-component="...">; the
// module exports a function of that name.
import start, * as screens from "./samenspraak.js";

document.documentElement.classList.add("awake");

await start({ module_or_path: new URL("./samenspraak_bg.wasm", import.meta.url) });
screens.hydrate();
for (const island of document.querySelectorAll("leptos-island")) {
  screens[island.dataset.component]?.(island);
}
