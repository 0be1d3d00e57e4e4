// The shell without network: the kept tasks, and the form of a visit filled from one of them.
(() => {
  const list = () => document.getElementById("kept");
  const place = () => document.getElementById("form-place");

  function task(each) {
    const row = document.getElementById("task").content.cloneNode(true);
    row.querySelector("[data-name]").textContent = each.name;
    row.querySelector("[data-village]").textContent = each.village;
    row.querySelector("[data-due]").textContent = each.due;
    row.querySelector("[data-level]").textContent = each.level_word;
    row.querySelector("[data-late]").hidden = !each.late;
    for (const one of each.warnings) {
      const line = document.createElement("li");
      line.textContent = one.title;
      row.querySelector("[data-warnings]").append(line);
    }
    row.querySelector("button").addEventListener("click", () => fill(each));
    return row;
  }

  function answer(one) {
    const box = document.createElement("div");
    box.append(document.getElementById("answer").content.cloneNode(true));
    for (const part of box.querySelectorAll("[id], [name], [for], [aria-labelledby], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-labelledby", "aria-describedby"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("w0", `w${one.pk}`));
      }
    }
    box.querySelector("[data-title]").textContent = one.title;
    box.querySelector("[data-level]").textContent = one.level;
    return box;
  }

  function fill(each) {
    const form = document.getElementById("form").content.cloneNode(true).querySelector("form");
    form.dataset.visit = String(each.household);
    form.querySelector("[name=token]").value = crypto.randomUUID();
    form.querySelector("[name=seen]").value = String(each.newest);
    const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60000);
    form.querySelector("[name=visited_at]").value = now.toISOString().slice(0, 16);
    form.querySelector("[data-answers]").append(...each.warnings.map(answer));
    form.addEventListener("submit", doudiPhone.submitted);
    document.querySelector("h1 [translate=no]").textContent = each.name;
    list().hidden = true;
    place().replaceChildren(form);
    form.querySelector("select, input:not([type=hidden])").focus();
  }

  async function draw() {
    const kept = await doudiStore.get(doudiStore.TASKS, "kept");
    const waiting = new Set((await doudiStore.all(doudiStore.VISITS)).map((row) => row.household));
    const tasks = (kept?.tasks || []).filter((each) => !waiting.has(String(each.household)));
    list().replaceChildren(...tasks.map(task));
    document.getElementById("kept-none").hidden = tasks.length > 0;
    document.getElementById("kept-day").textContent = kept?.day || "—";
    document.querySelector("h1 [translate=no]").textContent = "";
    place().replaceChildren();
    list().hidden = false;
  }

  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("doudi:done", (event) => {
    event.stopImmediatePropagation();
    draw().then(() => doudiPhone.show());
  }, true);
})();
