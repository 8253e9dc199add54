// How is the basemap drawn? A calm style of our own, from colours that the style sheet names, so that light and dark follow the reader's choice.
import { CenteredTextSymbolizer, CircleSymbolizer, GroupSymbolizer, L, LineSymbolizer, OffsetTextSymbolizer, PMTiles, PolygonSymbolizer, leafletLayer } from "../vendor/map.js";

const ADDRESS = "/basemap.pmtiles";
const LAST_ZOOM = 7; // of the archive; the map is drawn beyond it from its tiles
const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

function colours(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--map-${name}`).trim() || "#888";
}

function between(from, to, low, high) {
  return (zoom) => from + (to - from) * Math.min(1, Math.max(0, (zoom - low) / (high - low)));
}

function paintRules(colour) {
  const disputed = (zoom, feature) => feature.props.kind === "disputed";
  const settled = (zoom, feature) => feature.props.kind !== "disputed";
  const dashed = { color: colour("disputed"), width: between(1.2, 2.2, 3, 9), dash: [5, 4] };
  return [
    { dataLayer: "land", symbolizer: new PolygonSymbolizer({ fill: colour("land") }) },
    { dataLayer: "rivers", symbolizer: new LineSymbolizer({ color: colour("river"), width: between(0.5, 1.6, 4, 9) }), filter: (zoom, feature) => feature.props.zoom <= zoom },
    { dataLayer: "lakes", symbolizer: new PolygonSymbolizer({ fill: colour("water") }) },
    { dataLayer: "divisions", minzoom: 5, symbolizer: new LineSymbolizer({ color: colour("division"), width: between(0.5, 1.2, 5, 9), dash: [3, 2] }), filter: settled },
    { dataLayer: "borders", symbolizer: new LineSymbolizer({ color: colour("border"), width: between(0.7, 1.8, 2, 8) }), filter: settled },
    { dataLayer: "divisions", symbolizer: new LineSymbolizer(dashed), filter: disputed },
    { dataLayer: "borders", symbolizer: new LineSymbolizer(dashed), filter: disputed },
  ];
}

function labelRules(colour, language) {
  const labelProps = language === "fr" ? ["fr", "en"] : ["en"];
  const text = (font, size, fill, more = {}) => ({ labelProps, fontFamily: FONT, font: undefined, fontSize: size, fontWeight: font, fill: colour(fill), stroke: colour("halo"), width: 2.5, ...more });
  const kind = (...kinds) => (zoom, feature) => kinds.includes(feature.props.kind) && feature.props.zoom <= zoom;
  const shown = (zoom, feature) => feature.props.zoom <= zoom;
  const bySize = (a, b) => (b.population ?? 0) - (a.population ?? 0);
  const dot = (radius) => new CircleSymbolizer({ radius, fill: colour("halo"), stroke: colour("town"), width: 1.2 });
  const named = (weight, size) => new OffsetTextSymbolizer({ ...text(weight, size, "town"), offsetX: 5, offsetY: 3, lineHeight: 1.2, maxLineChars: 20 });
  return [
    { dataLayer: "labels", maxzoom: 8, filter: kind("country"), symbolizer: new CenteredTextSymbolizer({ ...text(600, between(11, 15, 2, 7), "country"), maxLineChars: 14, lineHeight: 1.1 }) },
    { dataLayer: "labels", filter: kind("disputed"), symbolizer: new CenteredTextSymbolizer({ ...text(500, 12, "disputed"), fontStyle: "italic", maxLineChars: 14 }) },
    { dataLayer: "places", filter: (zoom, feature) => feature.props.kind === "capital" && shown(zoom, feature), sort: bySize, symbolizer: new GroupSymbolizer([dot(3), named(600, between(11, 14, 3, 9))]) },
    { dataLayer: "labels", filter: kind("sea", "strait", "lake", "river"), symbolizer: new CenteredTextSymbolizer({ ...text(400, 11.5, "watername"), fontStyle: "italic", maxLineChars: 16 }) },
    { dataLayer: "places", filter: (zoom, feature) => feature.props.kind !== "capital" && shown(zoom, feature), sort: bySize, symbolizer: new GroupSymbolizer([dot(2), named(400, between(10.5, 13, 4, 10))]) },
    { dataLayer: "labels", minzoom: 7, filter: kind("division"), symbolizer: new CenteredTextSymbolizer({ ...text(500, 11.5, "divisionname"), maxLineChars: 16 }) },
    { dataLayer: "labels", filter: kind("desert", "mountain", "island"), symbolizer: new CenteredTextSymbolizer({ ...text(400, 11, "divisionname"), fontStyle: "italic", maxLineChars: 16 }) },
  ];
}

function layer(map, source, language, credits) {
  const colour = colours(map.getContainer());
  return leafletLayer({
    sources: { "": { url: source, maxDataZoom: LAST_ZOOM } },
    paintRules: paintRules(colour),
    labelRules: labelRules(colour, language),
    backgroundColor: colour("water"),
    attribution: credits,
    lang: language,
    noWrap: false,
  });
}

/** What a disputed line at a place of the map is, in the reader's language; null where there is none. */
function disputedAt(shown, place, language) {
  const found = shown.queryTileFeaturesDebug(place.lng, place.lat, 8).get("") ?? [];
  const line = found.find(({ layerName, feature }) => ["borders", "divisions"].includes(layerName) && feature.props.kind === "disputed");
  return line ? line.feature.props[language] ?? line.feature.props.en : null;
}

/** Put the basemap under a map; resolves to whether there is one. Without one the events still show, on an empty ground. */
export async function addBasemap(map, language, credits) {
  const source = new PMTiles(ADDRESS);
  try {
    await source.getHeader();
  } catch {
    return false;
  }
  let shown = layer(map, source, language, credits).addTo(map);
  map.on("click", (event) => {
    const told = disputedAt(shown, event.latlng.wrap(), language);
    if (told) {
      const text = document.createElement("span");
      text.textContent = told;
      map.openPopup(text, event.latlng, { maxWidth: 240, autoPan: false });
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    shown.remove();
    shown = layer(map, source, language, credits).addTo(map);
  });
  return true;
}

export { L };
