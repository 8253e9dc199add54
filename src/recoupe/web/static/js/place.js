// The small map of one event: its place with the radius that is meant.
import { startPlace } from "./map.js";

startPlace(document.getElementById("place"));
