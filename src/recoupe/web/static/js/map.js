// The map: events at their places with the radius that is meant, many of them in clusters that the server makes; a box of the map becomes a filter.
import { L, addBasemap } from "./basemap.js";

const EXACT_KM = 5; // up to a town's width a point may stand as a point; beyond it only the radius is drawn
const WORLD = [[-35, -25], [60, 80]];
const CLOSE = 9; // the zoom that the map goes to at most by itself
const still = matchMedia("(prefers-reduced-motion: reduce)");

function make(element, options = {}) {
  const map = L.map(element, {
    preferCanvas: true, worldCopyJump: true, minZoom: 2, maxZoom: 13, attributionControl: false, zoomAnimation: !still.matches, fadeAnimation: !still.matches,
    markerZoomAnimation: !still.matches, inertia: !still.matches, boxZoom: false, zoomControl: false, ...options,
  });
  const words = element.dataset.language === "fr" ? ["Zoomer", "Dézoomer"] : ["Zoom in", "Zoom out"];
  L.control.zoom({ zoomInTitle: words[0], zoomOutTitle: words[1] }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  map.fitBounds(WORLD);
  return map;
}

function node(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The colour of a name of the style sheet: canvas knows no variables. */
function colour(element, name) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

function radiusOf(map, latitude, longitude, km, disputed) {
  const ink = colour(map.getContainer(), disputed ? "--dispute" : "--accent");
  return L.circle([latitude, longitude], { radius: km * 1000, color: ink, weight: 1.5, dashArray: "4 4", fillColor: ink, fillOpacity: 0.07, interactive: false });
}

function size(count) {
  return count === 1 ? 16 : Math.round(22 + 7 * Math.log10(count));
}

/** A cluster, a point, or, where the place is only known within many kilometres, a ring that claims no point. */
function markerOf(point, options = {}) {
  const { latitude, longitude, count, disputed, precision_km: km, label } = point;
  const rough = count === 1 && (km ?? 0) > EXACT_KM;
  const shape = node("span", `event-mark${count > 1 ? " many" : rough ? " rough" : ""}${disputed && count === 1 ? " disputed" : ""}`, count > 1 ? short(count) : disputed ? "≠" : "");
  if (count > 1) shape.style.setProperty("--share", `${(disputed / count) * 360}deg`);
  const width = size(count);
  const marker = L.marker([latitude, longitude], { icon: L.divIcon({ html: shape, className: "event-marker", iconSize: [width, width] }), alt: label, riseOnHover: true, ...options });
  marker.on("add", () => {
    marker.getElement().setAttribute("aria-label", label);
    if (options.interactive === false) marker.getElement().setAttribute("role", "img");
  });
  return marker.bindTooltip(node("span", "", rough ? `${label} (± ${Math.round(km)} km)` : label), { direction: "top", offset: [0, -width / 2] });
}

function short(count) {
  return count < 1000 ? String(count) : count < 10_000 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}

/** Points that would cover one another on the screen become one cluster; the server's clusters know nothing of the screen. */
function gather(map, points, named) {
  const clusters = [];
  for (const point of [...points].sort((a, b) => b.count - a.count)) {
    const at = map.latLngToLayerPoint([point.latitude, point.longitude]);
    const near = clusters.find((each) => each.at.distanceTo(at) < (size(each.point.count) + size(point.count)) / 2);
    if (near) {
      const { count, disputed } = near.point;
      near.point = { ...near.point, count: count + point.count, disputed: disputed + point.disputed, id: null, precision_km: null };
      near.point.label = named(near.point.count);
    } else {
      clusters.push({ at, point });
    }
  }
  return clusters.map((each) => each.point);
}

function boxOf(bounds) {
  const inside = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(4);
  return [inside(bounds.getSouth(), 90), inside(bounds.getWest(), 180), inside(bounds.getNorth(), 90), inside(bounds.getEast(), 180)].join(",");
}

function boundsOf(box) {
  const numbers = (box ?? "").split(",").map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? L.latLngBounds([numbers[0], numbers[1]], [numbers[2], numbers[3]]) : null;
}

class EventMap {
  constructor(element) {
    this.element = element;
    this.map = make(element);
    this.query = null;
    this.asked = 0;
    this.radii = L.layerGroup().addTo(this.map);
    this.marks = L.layerGroup().addTo(this.map);
    this.chosen = L.layerGroup().addTo(this.map);
    this.byId = new Map();
    this.addSearchHere();
    this.addLegend();
    this.addBrush();
    this.points = [];
    this.map.on("moveend", () => this.moved());
    this.map.on("zoomend", () => this.draw(this.points));
    element.addEventListener("keydown", (event) => this.walk(event));
  }

  say(name, box) {
    this.element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: box }));
  }

  addSearchHere() {
    const button = node("button", "map-button plain", this.element.dataset.searchHere);
    button.type = "button";
    button.addEventListener("click", () => this.say("recoupe:box", { box: boxOf(this.map.getBounds()) }));
    this.put(button, "topright");
  }

  /** What the signs mean that explain themselves least. */
  addLegend() {
    const legend = node("ul", "map-legend");
    for (const [sign, text] of [["line", this.element.dataset.lineDisputed], ["ring", this.element.dataset.placeRough]]) {
      const item = node("li", "");
      item.append(node("span", `sign ${sign}`), node("span", "", text));
      legend.append(item);
    }
    this.put(legend, "bottomleft");
  }

  put(made, position) {
    const control = L.control({ position });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(made);
      return made;
    };
    control.addTo(this.map);
  }

  /** Dragging with the shift key down draws a box, which becomes the filter. */
  addBrush() {
    const { map } = this;
    const container = map.getContainer();
    let from = null;
    let drawn = null;
    container.addEventListener("pointerdown", (event) => {
      if (!event.shiftKey || event.button !== 0 || event.target.closest(".leaflet-control")) return;
      event.preventDefault();
      map.dragging.disable();
      container.setPointerCapture(event.pointerId);
      from = map.mouseEventToLatLng(event);
    }, true);
    container.addEventListener("pointermove", (event) => {
      if (!from) return;
      const box = L.latLngBounds(from, map.mouseEventToLatLng(event));
      const ink = colour(container, "--accent");
      drawn = drawn ? drawn.setBounds(box) : L.rectangle(box, { color: ink, weight: 2, fillOpacity: 0.08, interactive: false }).addTo(map);
    });
    const end = (event) => {
      if (!from) return;
      map.dragging.enable();
      if (drawn && event.type === "pointerup") this.say("recoupe:box", { box: boxOf(drawn.getBounds()) });
      drawn?.remove();
      from = drawn = null;
    };
    container.addEventListener("pointerup", end);
    container.addEventListener("pointercancel", end);
  }

  /** Show the events of a query; the map goes to them unless the reader has gone elsewhere with the same query. */
  async show(query) {
    this.query = query;
    const found = await this.fetch(null);
    if (!found) return;
    this.points = found.points;
    const area = this.markArea(new URLSearchParams(query));
    const goal = area ?? (found.points.length ? L.latLngBounds(found.points.map((point) => [point.latitude, point.longitude])) : null);
    if (goal) this.go(goal);
    this.draw(found.points);
  }

  /** Draw the box or the circle that the filter names; gives its bounds. */
  markArea(wanted) {
    this.chosen.clearLayers();
    const look = { color: colour(this.element, "--accent"), weight: 1.5, fill: false, dashArray: "6 4", interactive: false };
    const box = boundsOf(wanted.get("box"));
    const [latitude, longitude, km] = (wanted.get("near") ?? "").split(",").map(Number);
    if (box) L.rectangle(box, look).addTo(this.chosen);
    else if (Number.isFinite(km)) L.circle([latitude, longitude], { ...look, radius: km * 1000 }).addTo(this.chosen);
    else return null;
    return box ?? L.latLng(latitude, longitude).toBounds(km * 2000);
  }

  go(bounds) {
    this.going = true;
    this.map.fitBounds(bounds, { padding: [22, 22], maxZoom: CLOSE, animate: false });
    this.going = false;
  }

  /** Clusters are of the view that the map shows: another view asks for others. */
  async moved() {
    if (this.going || this.query === null || !this.clustered) return; // what is shown singly is all there
    const found = await this.fetch(boxOf(this.map.getBounds().pad(0.2)));
    if (!found) return;
    this.points = found.points;
    this.draw(found.points);
  }

  async fetch(view) {
    const wanted = new URLSearchParams(this.query);
    if (view) wanted.set("view", view);
    this.asked += 1;
    const number = this.asked;
    const response = await fetch(`/api/events/map?${wanted}`);
    return response.ok && number === this.asked ? response.json() : null;
  }

  draw(points) {
    const held = document.activeElement?.closest?.(".event-marker") ? document.activeElement.title : null;
    this.marks.clearLayers();
    this.radii.clearLayers();
    this.byId.clear();
    this.clustered = points.some((point) => point.count > 1);
    const whole = new Intl.NumberFormat(this.element.dataset.language);
    for (const point of gather(this.map, points, (count) => `${whole.format(count)} ${this.element.dataset.events}`)) {
      if ((point.precision_km ?? 0) > EXACT_KM) radiusOf(this.map, point.latitude, point.longitude, point.precision_km, point.disputed).addTo(this.radii);
      const marker = markerOf(point).addTo(this.marks);
      marker.on("click", () => this.choose(point));
      marker.getElement().tabIndex = -1;
      if (point.id) this.byId.set(point.id, marker);
    }
    const elements = this.elements();
    if (elements.length) elements[0].tabIndex = 0;
    if (held) elements.find((each) => each.title === held)?.focus();
  }

  choose(point) {
    if (point.id) {
      this.say("recoupe:point", { id: point.id });
      location.assign(`/events/${encodeURIComponent(point.id)}`);
    } else if (this.map.getZoom() < CLOSE && !point.precision_km) {
      this.map.setView([point.latitude, point.longitude], Math.min(CLOSE, this.map.getZoom() + 2));
    } else {
      this.say("recoupe:box", { box: boxOf(L.latLng(point.latitude, point.longitude).toBounds(2000)) });
    }
  }

  elements() {
    return [...this.map.getPane("markerPane").querySelectorAll(".event-marker")];
  }

  /** One mark can be reached by Tab; the arrows go from there to its neighbours, Escape back to the map. */
  walk(event) {
    const here = event.target.closest?.(".event-marker");
    if (!here) return;
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key === "Escape") this.element.focus();
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      here.click();
    }
    if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    const every = this.elements();
    const next = every[(every.indexOf(here) + steps[event.key] + every.length) % every.length];
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  light(id) {
    for (const [each, marker] of this.byId) marker.getElement()?.classList.toggle("lit", each === id);
  }
}

/** Make the page's map; resolves to what shows a query and lights an event up. */
export async function startMap(element) {
  const map = new EventMap(element);
  addBasemap(map.map, element.dataset.language, element.dataset.credits);
  return { show: (query) => map.show(query), light: (id) => map.light(id) };
}

/** The small map of one event's place. */
export async function startPlace(element) {
  const [latitude, longitude, km] = ["latitude", "longitude", "precision"].map((name) => Number(element.dataset[name]));
  const map = make(element, { scrollWheelZoom: false, keyboard: false });
  addBasemap(map, element.dataset.language, element.dataset.credits ?? "Natural Earth · GSHHG · GeoNames (CC BY 4.0)");
  markerOf({ latitude, longitude, count: 1, disputed: 0, precision_km: km, label: element.dataset.label }, { interactive: false, keyboard: false }).addTo(map);
  if (km > EXACT_KM) radiusOf(map, latitude, longitude, km, false).addTo(map);
  map.fitBounds(L.latLng(latitude, longitude).toBounds(Math.max(km * 3000, 60_000)), { maxZoom: CLOSE, animate: false });
}
