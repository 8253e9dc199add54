// On the page of an article: words selected there go to the review of the claim in hand, or begin one that was missed.
import { lead, watch } from "./respan.js";

const reader = document.getElementById("reader");

function inHand() {
  const claim = document.querySelector(".claim.chosen");
  return claim ? `${reader.dataset.document}/${claim.dataset.claim}` : "";
}

watch(lead(reader.dataset.document, inHand));
