// The pages of counts: where the screen is narrow, the filters are folded away so that the table comes first.
const narrow = matchMedia("(max-width: 46rem)");

function fold() {
  for (const details of document.querySelectorAll("details.narrow")) details.open = !narrow.matches;
}

fold();
narrow.addEventListener("change", fold);
document.body.addEventListener("htmx:afterSwap", fold);
