/* One box to tick every file of the page, and the number ticked beside the button. Without this file, one ticks one by one. */
const form = document.getElementById("lot");
const boxes = form ? [...form.querySelectorAll('input[name="file"]')] : [];
if (boxes.length) {
  const head = form.querySelector("thead th");
  const group = document.createElement("div");
  group.className = "fr-checkbox-group fr-checkbox-group--sm";
  const all = document.createElement("input");
  all.type = "checkbox";
  all.id = "tick-all";
  const label = document.createElement("label");
  label.className = "fr-label";
  label.htmlFor = all.id;
  const words = document.createElement("span");
  words.className = "fr-sr-only";
  words.textContent = "Choisir toute la page";
  label.append(words);
  group.append(all, label);
  head.replaceChildren(group);

  const said = document.createElement("p");
  said.className = "house-mention";
  said.setAttribute("role", "status");
  form.querySelector(".house-desk-gesture__go").append(said);

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    said.textContent = ticked ? `${ticked} dossier${ticked > 1 ? "s" : ""} coché${ticked > 1 ? "s" : ""}` : "";
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}
