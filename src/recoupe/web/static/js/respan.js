// Words selected in a text become a span: offsets in code points, as the record counts them.

// The offset in the text at which a point of the page stands, null outside the text.
function offsetOf(text, node, place) {
  const range = document.createRange();
  range.selectNodeContents(text);
  if (!text.contains(node)) return null;
  let piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
  if (piece) {
    const before = document.createRange();
    before.setStart(piece, 0);
    before.setEnd(node, place);
    return Number(piece.dataset.s) + [...before.toString()].length;
  }
  piece = [...text.querySelectorAll("[data-s]")].find((each) => {
    const point = document.createRange();
    point.setStart(node, place);
    return point.compareBoundaryPoints(Range.START_TO_START, rangeOf(each)) <= 0;
  });
  return piece ? Number(piece.dataset.s) : null;
}

function rangeOf(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  return range;
}

// What is selected in a text, without blanks around it: {start, end, words}, or null.
export function selected(text) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(text, range.startContainer, range.startOffset);
  const end = offsetOf(text, range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  const words = selection.toString();
  const points = [...words];
  const lead = points.length - [...words.trimStart()].length;
  const trail = points.length - [...words.trimEnd()].length;
  return end - trail > start + lead ? { start: start + lead, end: end - trail, words: words.trim().replace(/\s+/g, " ") } : null;
}

// How a span is written into a field of the form.
export function written(field, span) {
  if (field === "trigger" || field === "time") return `${span.start}-${span.end}`;
  if (field === "figures") {
    const number = span.words.replace(/[\s.,\u00a0\u202f](?=\d{3}\b)/g, "").match(/\d+/);
    return `killed ${number ? number[0] : ""} @${span.start}-${span.end}`;
  }
  return `${span.words.replace(/[;@]/g, " ")} @${span.start}-${span.end}`;
}

// Shows the toolbar #respan while words of #text are selected, whichever these are now; `chosen(field, span)` is told which field they are for.
export function watch(chosen) {
  let span = null;
  const look = () => {
    const text = document.getElementById("text");
    const toolbar = document.getElementById("respan");
    if (!text || !toolbar || toolbar.contains(document.activeElement)) return;
    const now = selected(text);
    if (now) span = now;
    toolbar.hidden = !now;
  };
  document.addEventListener("selectionchange", look);
  look(); // what was selected before this script came
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("#respan")) event.preventDefault(); // a press on a button keeps the selection
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#respan [data-field]");
    if (!button || !span) return;
    document.getElementById("respan").hidden = true;
    getSelection()?.removeAllRanges();
    chosen(button.dataset.field, span);
  });
}

// On a page without the form: the words go to the review of the claim in hand (DOCUMENT/CLAIM, "" for none), or to a claim that was missed.
export function lead(document, claim) {
  return (field, span) => {
    const asked = new URLSearchParams();
    if (field === "new" || !claim()) {
      asked.set("document", document);
      asked.set("span", `${span.start}-${span.end}`);
      location.assign(`/review/add?${asked}`);
    } else {
      asked.set("claim", claim());
      asked.set("set", field);
      asked.set("value", written(field, span));
      location.assign(`/review?${asked}`);
    }
  };
}
