// The page that adds articles: files dropped anywhere on it go into its field, and what becomes of them is said when it changes.
import { announce } from "./page.js";

const field = document.getElementById("files");
const zone = field?.closest(".drop");

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone?.classList.add("over");
  });
}
for (const name of ["dragleave", "dragend"]) document.addEventListener(name, () => zone?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  zone?.classList.remove("over");
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.form.querySelector("button").focus();
});

let said = "";
document.body.addEventListener("htmx:afterSwap", () => {
  const job = document.querySelector(".job");
  const now = job ? `${job.querySelector("h3").textContent}: ${job.querySelector("strong").textContent}` : "";
  if (now && now !== said) announce(now);
  said = now;
});
