// Saves while somebody types, and lets people sign with a finger. Without this file the pages work all the same.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
  for (const form of document.querySelectorAll("form[data-sign]")) signature(form);
});

function autosave(form) {
  const status = form.querySelector(".autosave");
  const seen = form.elements.seen;
  let timer = 0;
  let running = false;
  const save = async () => {
    if (running || form.dataset.sent) return;
    running = true;
    const data = new FormData(form);
    data.set("alone", "1");
    try {
      const answer = await fetch(location.href, {method: "POST", body: data, headers: {"X-Requested-With": "fetch"}});
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (told.text && !form.dataset.sent) status.textContent = told.text;
      if (told.seen) seen.value = told.seen;
    } catch { /* Off line: the button saves later. */ }
    running = false;
  };
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

function signature(form) {
  const field = form.querySelector(".pad-field");
  const pad = form.querySelector(".pad");
  const pen = pad.getContext("2d");
  let drawn = false;
  let last = null;
  field.hidden = false;
  const blank = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = "#101828";
    pen.lineWidth = 5;
    pen.lineCap = pen.lineJoin = "round";
    drawn = false;
  };
  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [(event.clientX - box.left) * pad.width / box.width, (event.clientY - box.top) * pad.height / box.height];
  };
  const line = (to) => {
    pen.beginPath();
    pen.moveTo(...(last || to));
    pen.lineTo(...to);
    pen.stroke();
    last = to;
    drawn = true;
  };
  blank();
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    last = null;
    line(place(event));
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => { if (last) line(place(event)); });
  for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, () => { last = null; });
  form.querySelector("[data-clear]").addEventListener("click", blank);
  form.addEventListener("submit", () => { form.elements.drawn.value = drawn ? pad.toDataURL("image/png") : ""; });
}
