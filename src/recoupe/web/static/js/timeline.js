// The timeline: how many of the events begin in each day, week, month or year; a stretch that is drawn with the pointer or the keys becomes the filter.
import { axisX, axisY, plot, rectY, ruleY } from "../vendor/plot.js";

const DAY = 86_400_000;

function day(text) {
  return new Date(`${text}T00:00:00Z`);
}

function written(date) {
  return date.toISOString().slice(0, 10);
}

class Timeline {
  constructor(element) {
    this.element = element;
    this.bins = [];
    this.figure = document.createElement("div");
    this.figure.className = "time-figure";
    this.figure.tabIndex = 0;
    this.figure.setAttribute("role", "group");
    this.told = document.createElement("p");
    this.told.className = "time-told";
    this.told.setAttribute("aria-live", "polite");
    this.clear = document.createElement("button");
    this.clear.type = "button";
    this.clear.className = "time-clear plain";
    this.clear.textContent = element.dataset.clear;
    this.clear.hidden = true;
    this.clear.addEventListener("click", () => this.say(null, null));
    element.replaceChildren(this.figure, this.told, this.clear);
    new ResizeObserver(() => this.draw()).observe(this.figure);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.addPointer();
    this.figure.addEventListener("keydown", (event) => this.key(event));
    this.figure.addEventListener("focus", () => this.tell());
  }

  say(since, until) {
    this.element.dispatchEvent(new CustomEvent("recoupe:days", { bubbles: true, detail: { since, until } }));
  }

  async show(query) {
    const wanted = new URLSearchParams(query);
    this.since = wanted.get("since");
    this.until = wanted.get("until");
    this.clear.hidden = !this.since && !this.until;
    this.asked = query;
    const response = await fetch(`/api/events/timeline?${wanted}`);
    if (!response.ok || this.asked !== query) return;
    const { bins } = await response.json();
    this.bins = bins.map((bin) => ({ ...bin, from: day(bin.start), to: new Date(+day(bin.end) + DAY) }));
    this.from = this.to = null;
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.figure;
    if (width < 40 || height < 40) return;
    if (!this.bins.length) {
      this.figure.replaceChildren();
      return;
    }
    const most = Math.max(...this.bins.map((bin) => bin.count));
    const chosen = (bin) => (!this.since || bin.end >= this.since) && (!this.until || bin.start <= this.until);
    const language = this.element.dataset.language;
    const whole = new Intl.NumberFormat(language);
    this.made = plot({
      width, height, marginLeft: 44, marginRight: 26, marginTop: 12, marginBottom: 26, ariaLabel: this.element.dataset.events,
      x: { type: "utc", domain: this.domain() },
      y: { domain: [0, most], nice: true },
      marks: [
        axisY({ ticks: Math.max(2, Math.min(5, Math.floor(height / 40))), tickSize: 0, label: null, tickFormat: (count) => (Number.isInteger(count) ? whole.format(count) : "") }),
        axisX({ ticks: Math.max(2, Math.floor(width / 90)), label: null, tickFormat: this.dateFormat(language) }),
        rectY(this.bins, { x1: "from", x2: "to", y: "count", fill: "var(--accent)", fillOpacity: (bin) => (chosen(bin) ? 0.85 : 0.25), insetLeft: 0.5, insetRight: 0.5 }),
        rectY(this.bins, { x1: "from", x2: "to", y: "disputed", fill: "var(--dispute)", fillOpacity: (bin) => (chosen(bin) ? 1 : 0.35), insetLeft: 0.5, insetRight: 0.5 }),
        ruleY([0], { stroke: "var(--line)" }),
      ],
    });
    // The marks of Plot name themselves in English where no name is allowed; the figure has one name, and tells what is chosen in words.
    this.made.setAttribute("role", "img");
    for (const named of this.made.querySelectorAll("g[aria-label]")) named.removeAttribute("aria-label");
    this.scale = this.made.scale("x");
    this.brush = document.createElement("div");
    this.brush.className = "time-brush";
    this.brush.hidden = true;
    this.figure.replaceChildren(this.made, this.brush);
    this.figure.setAttribute("aria-label", this.element.dataset.events);
    this.mark();
  }

  /** A look back to another century must not press a month's news into one pixel: what lies far outside is left to the edges. */
  domain() {
    const sum = this.bins.reduce((total, bin) => total + bin.count, 0);
    let seen = 0;
    const kept = this.bins.filter((bin) => {
      const before = seen;
      seen += bin.count;
      return seen > sum * 0.005 && before < sum * 0.995;
    });
    const shown = kept.length ? kept : this.bins;
    return [shown[0].from, shown[shown.length - 1].to];
  }

  dateFormat(language) {
    const [from, to] = this.domain();
    const days = (to - from) / DAY;
    const parts = days > 1500 ? { year: "numeric" } : days > 120 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
    const format = new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" });
    return (date) => format.format(date);
  }

  /** Draw the stretch that is being chosen and tell it in words. */
  mark() {
    if (!this.brush || !this.scale) return;
    this.brush.hidden = this.from === null || this.to === null || this.from === undefined;
    if (this.brush.hidden) return;
    const [left, right] = this.ends().map((bin, end) => this.scale.apply(end ? bin.to : bin.from));
    this.brush.style.left = `${left}px`;
    this.brush.style.width = `${Math.max(2, right - left)}px`;
    this.tell();
  }

  ends() {
    return [this.bins[Math.min(this.from, this.to)], this.bins[Math.max(this.from, this.to)]];
  }

  tell() {
    if (this.from === null || this.from === undefined || !this.bins.length) return;
    const [first, last] = this.ends();
    const range = this.bins.slice(Math.min(this.from, this.to), Math.max(this.from, this.to) + 1);
    const format = new Intl.DateTimeFormat(this.element.dataset.language, { dateStyle: "medium", timeZone: "UTC" });
    const sum = (name) => range.reduce((total, bin) => total + bin[name], 0);
    const days = first.start === last.end ? format.format(first.from) : format.formatRange(first.from, day(last.end));
    this.told.textContent = `${days} : ${sum("count")} ${this.element.dataset.events}, ${sum("disputed")} ${this.element.dataset.disputed}`;
  }

  /** The bin nearest to a place of the figure. */
  nearest(x) {
    const at = +this.scale.invert(x);
    let best = 0;
    this.bins.forEach((bin, number) => {
      const away = (each) => Math.max(each.from - at, at - each.to, 0);
      if (away(bin) < away(this.bins[best])) best = number;
    });
    return best;
  }

  addPointer() {
    let pressed = false;
    const at = (event) => this.nearest(event.clientX - this.figure.getBoundingClientRect().left);
    this.figure.addEventListener("pointerdown", (event) => {
      if (!this.bins.length || event.button !== 0) return;
      pressed = true;
      this.figure.setPointerCapture(event.pointerId);
      this.from = this.to = at(event);
      this.mark();
    });
    this.figure.addEventListener("pointermove", (event) => {
      if (!this.bins.length) return;
      this.to = at(event);
      if (!pressed) this.from = this.to;
      this.mark();
    });
    this.figure.addEventListener("pointerup", () => {
      if (pressed) this.choose();
      pressed = false;
    });
    this.figure.addEventListener("pointercancel", () => { pressed = false; });
    this.figure.addEventListener("pointerleave", () => {
      if (pressed) return;
      this.from = this.to = null;
      this.told.textContent = "";
      this.mark();
    });
  }

  choose() {
    const [first, last] = this.ends();
    this.say(first.start, last.end);
  }

  /** Arrows go along the bins, with Shift they stretch the choice, Enter takes it, Escape lets it go. */
  key(event) {
    if (!this.bins.length) return;
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -this.bins.length, End: this.bins.length };
    if (event.key in steps) {
      const start = this.to ?? (steps[event.key] > 0 ? -1 : this.bins.length);
      this.to = Math.max(0, Math.min(this.bins.length - 1, start + steps[event.key]));
      if (!event.shiftKey || this.from === null) this.from = this.to;
      this.mark();
    } else if (event.key === "Enter" && this.from !== null && this.from !== undefined) {
      this.choose();
    } else if (event.key === "Escape") {
      this.from = this.to = null;
      this.told.textContent = "";
      this.mark();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** Make the page's timeline; resolves to what shows a query. */
export async function startTimeline(element) {
  const timeline = new Timeline(element);
  return { show: (query) => timeline.show(query) };
}
