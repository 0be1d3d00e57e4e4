// What pages do beside htmx: print, submit on change, take the reader to the first field at fault.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-submit-on-change]");
  if (field) field.form.requestSubmit();
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[aria-invalid='true']")?.focus();
});

// htmx takes the token from the page, so that no part of a page needs to carry it.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name='csrf-token']");
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
});

// What a phone keeps for work without network goes with the log-out; visits that wait to be sent stay until they are.
document.addEventListener("submit", (event) => {
  if (!event.target.action.endsWith("/logout/")) return;
  window.indexedDB?.deleteDatabase("doudi-tasks");
  window.caches?.delete("doudi-village");
});
