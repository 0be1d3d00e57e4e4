// Visits from a phone: kept first, then sent; sent again until the server has said that it has them. A visit counts once, by its token.
const doudiPhone = (() => {
  const told = document.currentScript.dataset;
  const { TASKS, VISITS } = doudiStore;
  const SIDE = 1600;

  // --- What is shown of the queue -------------------------------------------------------------

  async function show(word) {
    const box = document.getElementById("queue");
    if (!box) return;
    const waiting = (await doudiStore.all(VISITS)).filter((row) => String(row.account) === told.account);
    box.querySelector("[data-waiting]").textContent = String(waiting.length);
    box.querySelector("[data-count]").hidden = !waiting.length;
    box.querySelector("[data-network-off]").hidden = navigator.onLine;
    const list = box.querySelector("[data-refused]");
    list.replaceChildren();
    for (const line of word ? [word] : []) list.append(item(line));
    for (const row of waiting.filter((each) => each.problems)) {
      const entry = item(row.problems.join(" "));
      const link = document.createElement("a");
      link.href = `/v/visit/${row.household}/`;
      link.textContent = row.title;
      entry.prepend(link, " ");
      list.append(entry);
    }
    box.hidden = !waiting.length && navigator.onLine && !word;
    box.querySelector("[data-sync]").hidden = !waiting.length;
  }

  function item(text) {
    const entry = document.createElement("li");
    entry.append(text);
    return entry;
  }

  // --- Photos: made small, with time and place beside them ------------------------------------

  function position() {
    return new Promise((resolve) => {
      if (!navigator.geolocation) return resolve(null);
      const waited = setTimeout(() => resolve(null), 3000);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          clearTimeout(waited);
          const { latitude, longitude, accuracy } = coords;
          resolve({ latitude, longitude, accuracy });
        },
        () => {
          clearTimeout(waited);
          resolve(null);
        },
        { timeout: 3000, maximumAge: 600000 },
      );
    });
  }

  async function smaller(file) {
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return (await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8))) || file;
    } catch {
      return file;
    }
  }

  async function filled(form) {
    const entries = [];
    const photos = [];
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken") continue;
      if (value instanceof File) {
        if (value.size) photos.push(value);
      } else entries.push([name, value]);
    }
    const place = photos.length ? await position() : null;
    if (place) entries.push(["place", JSON.stringify(place)]);
    for (const file of photos.slice(0, 6)) {
      entries.push(["photos", await smaller(file)]);
      entries.push(["photo_about", JSON.stringify({ taken_at: new Date(file.lastModified).toISOString(), ...place })]);
    }
    return entries;
  }

  // --- Checking what can be checked without the server ------------------------------------------

  function problems(form) {
    const needed = JSON.parse(form.dataset.required);
    const words = form.dataset;
    const data = new FormData(form);
    const found = [];
    if (data.get("at_home") !== "yes") return found;
    for (const name of new Set([...data.keys()].filter((key) => /^w\d+-result$/.test(key)))) {
      const stem = name.slice(0, -"result".length);
      const result = data.get(name);
      if (!result) found.push(words.noResult);
      else if (!data.getAll(`${stem}evidence`).some((kind) => needed[result].includes(kind))) found.push(words.noEvidence);
      if (result && !data.get(`${stem}findings`).trim()) found.push(words.noFindings);
      if (result === "refer" && !data.get(`${stem}department`)) found.push(words.noDepartment);
    }
    return [...new Set(found)];
  }

  function complain(form, lines) {
    form.querySelector("[data-problems]")?.remove();
    delete form.dataset.sent;
    if (!lines.length) return;
    const note = document.createElement("div");
    note.className = "note note-error";
    note.setAttribute("role", "alert");
    note.dataset.problems = "1";
    const list = document.createElement("ul");
    list.className = "mb-0";
    for (const line of lines) list.append(item(line));
    note.append(list);
    form.prepend(note);
    note.scrollIntoView({ block: "center" });
  }

  // --- Sending -----------------------------------------------------------------------------------

  class LoggedOut extends Error {}

  async function json(address, options) {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    const kind = answer.headers.get("Content-Type") || "";
    if (answer.redirected || answer.status === 403 || (answer.ok && !kind.includes("json"))) throw new LoggedOut();
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    return { status: answer.status, data: await answer.json() };
  }

  async function refresh() {
    const { data } = await json(told.tasks, { headers: { Accept: "application/json" } });
    await doudiStore.put(TASKS, { key: "kept", ...data });
    return data;
  }

  async function send(row, csrf) {
    const body = new FormData();
    for (const [name, value] of row.entries) {
      if (value instanceof Blob) body.append(name, value, "photo.jpg");
      else body.append(name, value);
    }
    const headers = { Accept: "application/json", "X-CSRFToken": csrf };
    const { status, data } = await json(`/v/visit/${row.household}/`, { method: "POST", headers, body });
    if (status === 422) {
      await doudiStore.put(VISITS, { ...row, problems: data.problems });
      return { problems: data.problems };
    }
    await doudiStore.remove(VISITS, row.key);
    return data;
  }

  async function sendAll() {
    const { csrf, account } = await refresh();
    let last = null;
    for (const row of await doudiStore.all(VISITS)) {
      if (String(row.account) === String(account)) last = await send(row, csrf);
    }
    if (last) await refresh();
    return last;
  }

  async function sync() {
    const alone = navigator.locks ? (deed) => navigator.locks.request("doudi-visits", deed) : (deed) => deed();
    try {
      const last = await alone(sendAll);
      await show(last?.conflict ? told.clash : undefined);
      return last;
    } catch (error) {
      await show(error instanceof LoggedOut ? told.logIn : undefined);
      return undefined;
    }
  }

  async function submitted(event) {
    event.preventDefault();
    const form = event.target;
    const lines = problems(form);
    complain(form, lines);
    if (lines.length) return;
    const title = document.querySelector("h1 [translate=no]")?.textContent || "";
    const entries = await filled(form);
    const token = entries.find(([name]) => name === "token")[1];
    await doudiStore.put(VISITS, { key: token, account: told.account, household: form.dataset.visit, title, entries });
    const last = await sync();
    const kept = await doudiStore.get(VISITS, token);
    if (kept?.problems) return complain(form, kept.problems);
    if (last?.conflict) return location.assign(`/v/visits/${last.visit}/`);
    form.dispatchEvent(new CustomEvent("doudi:done", { bubbles: true, detail: { sent: !kept } }));
  }

  async function restore(form) {
    const rows = await doudiStore.all(VISITS);
    const row = rows.find((each) => each.problems && each.household === form.dataset.visit);
    if (!row) return;
    for (const [name, value] of row.entries) {
      if (value instanceof Blob) continue;
      for (const field of form.querySelectorAll(`[name="${name}"]`)) {
        if (field.type === "checkbox") field.checked = field.checked || field.value === value;
        else field.value = value;
      }
    }
    complain(form, row.problems);
  }

  document.addEventListener("DOMContentLoaded", async () => {
    document.querySelector("[data-sync]")?.addEventListener("click", sync);
    for (const form of document.querySelectorAll("form[data-visit]")) {
      form.addEventListener("submit", submitted);
      await restore(form);
    }
    document.addEventListener("doudi:done", (event) => location.assign(event.target.dataset?.next || told.today));
    window.addEventListener("online", sync);
    window.addEventListener("offline", () => show());
    await show();
    if (navigator.onLine) await sync();
    if ("serviceWorker" in navigator) {
      const found = await navigator.serviceWorker.register(told.worker, { scope: "/v/" });
      found.active?.postMessage("keep");
    }
    document.documentElement.dataset.phone = "ready";
  });

  return { submitted, show };
})();
