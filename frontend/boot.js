// Wakes the page's islands. The server writes each as <leptos-island data-component="...">; the
// page's bundle exports a function of that name.
const page = document.documentElement;
const { default: start, ...screens } = await import(`./${page.dataset.bundle}.js`);

page.classList.add("awake");

await start({ module_or_path: new URL(`./${page.dataset.bundle}_bg.wasm`, import.meta.url) });
screens.hydrate();
for (const island of document.querySelectorAll("leptos-island")) {
  screens[island.dataset.component]?.(island);
}
