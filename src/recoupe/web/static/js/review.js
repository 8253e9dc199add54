// Review by keyboard: single keys press the buttons that are on the page; the next claim comes without loading the page anew.
import { watch, written } from "./respan.js";

const KEYS = {
  a: "#act-accept", e: "#act-edit", r: "#act-reject", n: "#act-note", u: "#act-undo",
  j: "#act-next", ArrowRight: "#act-next", k: "#act-previous", ArrowLeft: "#act-previous", "?": "#help > summary",
};
const SINGLE_KEYS = "recoupe-single-keys";
let busy = false;

document.documentElement.classList.add("scripted");
const review = () => document.getElementById("review");
const edit = () => document.getElementById("edit");

function announce(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

async function load(address, options, focus) {
  if (busy) return;
  busy = true;
  review().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { ...options, headers: { "hx-request": "true" }, credentials: "same-origin" });
    const html = await answer.text();
    const made = new DOMParser().parseFromString(html, "text/html").getElementById("review");
    if (!made) {
      location.assign(answer.redirected ? answer.url : "/review");
      return;
    }
    review().replaceWith(document.adoptNode(made));
    if (answer.ok && made.dataset.address !== location.pathname + location.search) history.pushState({}, "", made.dataset.address);
    ready(focus);
  } catch (error) {
    announce(String(error));
  } finally {
    busy = false;
    review().removeAttribute("aria-busy");
  }
}

function ready(focus) {
  const title = document.getElementById("claim-title");
  const failed = document.getElementById("error");
  document.getElementById("trigger")?.scrollIntoView({ block: "nearest" });
  if (failed) edit()?.querySelector("select, input:not([type=hidden])")?.focus();
  else if (focus !== false) (title ?? document.getElementById("main")).focus({ preventScroll: false });
  if (focus !== false) announce(review().dataset.said);
  const keys = document.getElementById("single-keys");
  if (keys) keys.checked = localStorage.getItem(SINGLE_KEYS) !== "off";
}

// Words selected in the text go into a field of the form, or begin a claim that was missed.
function put(field, span) {
  if (field === "new") {
    location.assign(`/review/add?document=${encodeURIComponent(review().dataset.document)}&span=${span.start}-${span.end}`);
    return;
  }
  edit().open = true;
  const input = document.getElementById(`f-${field}`);
  const value = written(field, span);
  const one = field === "trigger" || field === "time" || field === "voice";
  input.value = one || !input.value.trim() ? value : `${input.value.trim()}; ${value}`;
  input.focus();
}

function changed() {
  const form = edit()?.open ? edit().querySelector("form") : null;
  if (!form) return false;
  return [...form.elements].some((each) => each.name.startsWith("f-")
    && (each.options ? [...each.options].some((option) => option.selected !== option.defaultSelected && each.querySelector("[selected]")) : each.value !== each.defaultValue));
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.act === "accept" && changed()) {
    edit().querySelector("[value=corrected]").focus();
    return;
  }
  load(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#act-next, #act-previous");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    load(link.getAttribute("href"), {});
  }
  if (event.target.closest("#act-edit")) {
    edit().open = true;
    edit().querySelector("select, input:not([type=hidden])").focus();
  }
  if (event.target.closest("#act-reset")) {
    edit().open = false;
    document.getElementById("act-edit")?.focus();
  }
});

// Opens a menu and goes into it at once: what is typed next belongs there, not to the single keys.
function enter(menu) {
  menu.open = true;
  menu.querySelector("ol button, textarea").focus();
}

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.classList.contains("menu") && !event.target.contains(document.activeElement.closest("form"))) enter(event.target);
}, true);

document.addEventListener("change", (event) => {
  if (event.target.id === "single-keys") localStorage.setItem(SINGLE_KEYS, event.target.checked ? "on" : "off");
});

function leave(target) {
  const open = target.closest("details[open]");
  if (!open) return false;
  if (open.id === "edit") open.querySelector("form").reset();
  open.open = false;
  (open.id === "edit" ? document.getElementById("act-edit") : open.querySelector("summary")).focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing) {
    const button = typing.closest("form")?.querySelector("[type=submit]");
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  if (event.key === "Escape") {
    if (leave(event.target)) event.preventDefault();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || busy) return;
  if (localStorage.getItem(SINGLE_KEYS) === "off") return;
  const reasons = document.querySelectorAll("#reject[open] ol button");
  const button = /^[1-6]$/.test(event.key) ? reasons[Number(event.key) - 1] : KEYS[event.key] && document.querySelector(KEYS[event.key]);
  if (!button) return;
  event.preventDefault();
  const menu = button.closest(".menu");
  if (menu && !menu.open) {
    enter(menu);
    return;
  }
  button.click();
  if (event.key === "?") button.focus();
});

window.addEventListener("popstate", () => location.reload());
watch(put);
if (review()) ready(false);
