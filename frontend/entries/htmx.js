// htmx as a module of its own; pages' scripts find it as window.htmx.
import htmx from "htmx.org";

globalThis.htmx = htmx;

export default htmx;
