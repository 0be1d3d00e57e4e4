// What pages do beside htmx: print, submit on change, take the reader to the first field at fault and to the tab that is open.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// What is folded up on the screen is open on paper, where a page asks for it.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("[data-print-open] details")) folded.open = true;
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

// Tabs that do not fit lie in a row that is pushed sideways: the open one is brought into sight.
document.addEventListener("DOMContentLoaded", () => {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.parentElement;
    row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - tab.offsetWidth) / 2;
  }
});

// On a phone the fields of a long filter wait behind a button, which counts those in use: what was found comes first.
const FEW_FIELDS = 2;
document.addEventListener("DOMContentLoaded", () => {
  const word = document.querySelector("main")?.dataset.filters;
  for (const form of document.querySelectorAll("form.filters[method='get']")) {
    if (!word || form.querySelectorAll(".field").length <= FEW_FIELDS || form.querySelector("[aria-invalid='true']")) continue;
    const asked = [...new URLSearchParams(location.search)].filter(([name, value]) => value && form.elements[name]);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain filters-fold";
    button.textContent = asked.length ? `${word} · ${asked.length}` : word;
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(!form.toggleAttribute("data-folded")));
    });
    button.setAttribute("aria-expanded", "false");
    form.setAttribute("data-folded", "");
    form.before(button);
  }
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
