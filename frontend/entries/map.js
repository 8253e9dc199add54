// What the map page needs of others: Leaflet, its vector layer, and the reader of the basemap's archive.
import * as L from "leaflet";

// protomaps-leaflet looks for Leaflet as a global; Leaflet's module does not make one.
globalThis.L = L;

export { L };
export { CenteredTextSymbolizer, CircleSymbolizer, GroupSymbolizer, LineSymbolizer, OffsetTextSymbolizer, PolygonSymbolizer, leafletLayer } from "protomaps-leaflet";
export { PMTiles } from "pmtiles";
