// The page that adds articles: files dropped anywhere on it go into its field.
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
