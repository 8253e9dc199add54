// What every page does: announce what changed to who listens instead of looking, and keep the focus where the reader is.
import "../vendor/htmx.js";

export function announce(text) {
  const live = document.getElementById("live");
  if (live) {
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = text; });
  }
}

document.body.addEventListener("htmx:afterSwap", (event) => {
  const title = event.target.querySelector?.("[id$='-title']") ?? document.getElementById("results-title");
  if (title) announce(title.textContent);
});

document.body.addEventListener("htmx:responseError", (event) => announce(event.detail.xhr.statusText || "error"));
