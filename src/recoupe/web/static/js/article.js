// A click on a claim lights up its evidence and its chain of voices in the text.
import { announce } from "./page.js";

const text = document.getElementById("text");
const pieces = [...text.querySelectorAll("[data-s]")];

function spansOf(written) {
  return written ? written.split(" ").map((each) => each.split("-").map(Number)) : [];
}

function light(claim) {
  const spans = [...spansOf(claim.dataset.evidence), ...spansOf(claim.dataset.chain)];
  let first = null;
  for (const piece of pieces) {
    const start = Number(piece.dataset.s);
    const end = start + [...piece.textContent].length;
    const lit = spans.some(([from, to]) => start < to && from < end);
    piece.classList.toggle("lit", lit);
    if (lit && first === null) first = piece;
  }
  for (const other of document.querySelectorAll(".claim")) {
    other.classList.toggle("chosen", other === claim);
    if (other === claim) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  const anchor = document.getElementById(`claim-${claim.dataset.claim}`) ?? first;
  anchor?.scrollIntoView({ block: "center", behavior: "auto" });
  announce(claim.querySelector(".what").textContent);
}

for (const claim of document.querySelectorAll(".claim")) {
  claim.querySelector(".what").addEventListener("click", (event) => {
    event.preventDefault();
    light(claim);
    history.replaceState({}, "", `?claim=${encodeURIComponent(claim.dataset.claim)}`);
  });
}

text.addEventListener("click", (event) => {
  const piece = event.target.closest(".l-claim");
  if (!piece || String(getSelection())) return;
  const at = Number(piece.dataset.s);
  const claim = [...document.querySelectorAll(".claim")].find((each) => spansOf(each.dataset.evidence).some(([from, to]) => from <= at && at < to));
  if (claim) {
    light(claim);
    claim.scrollIntoView({ block: "nearest" });
  }
});
