// The page of events: map, timeline and list show one selection; what is brushed in one becomes the filter of all.
import { startMap } from "./map.js";
import { startTimeline } from "./timeline.js";

const map = await startMap(document.getElementById("map"));
const timeline = await startTimeline(document.getElementById("timeline"));

function query() {
  return document.getElementById("desk").dataset.query;
}

function show() {
  map.show(query());
  timeline.show(query());
}

function choose(changes) {
  const wanted = new URLSearchParams(query());
  for (const [name, value] of Object.entries(changes)) {
    if (value) wanted.set(name, value);
    else wanted.delete(name);
  }
  const address = `/events?${wanted}`;
  window.htmx.ajax("GET", address, { target: "#desk", swap: "outerHTML" }).then(() => history.pushState({}, "", address));
}

document.addEventListener("recoupe:box", (event) => choose({ box: event.detail.box, near: null }));
document.addEventListener("recoupe:days", (event) => choose({ since: event.detail.since, until: event.detail.until }));
document.addEventListener("recoupe:point", (event) => {
  for (const row of document.querySelectorAll("tr[data-event]")) row.classList.toggle("lit", row.dataset.event === event.detail.id);
});
document.body.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "desk" || document.getElementById("desk")) show(); });
window.addEventListener("popstate", () => location.reload());
document.addEventListener("pointerover", (event) => {
  const row = event.target.closest?.("tr[data-event]");
  if (row) map.light?.(row.dataset.event);
});
show();
