/* What the browser does not do by itself. Every page works without this file. */
const summary = document.querySelector(".house-error-summary");
if (summary) {
  document.title = `Erreur — ${document.title}`;
  summary.focus();
}

/* One click sends once; the server refuses the second anyway. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

/* A table wider than its frame must be reachable with the keyboard. */
document.querySelectorAll(".fr-table__container").forEach((frame) => {
  if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
});
