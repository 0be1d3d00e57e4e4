{% load static %}// The village's pages without network: the shell and what it needs are kept, nothing of anybody.
const NAME = "doudi-village";
const SHELL = "{% url 'warnings:offline' %}";
const FILES = ["{% static 'vendor/bootstrap/bootstrap.min.css' %}", "{% static 'site/theme.css' %}", "{% static 'site/icons.svg' %}", "{% static 'site/mark.svg' %}", "{% static 'site/site.js' %}", "{% static 'vendor/bootstrap/bootstrap.bundle.min.js' %}", "{% static 'vendor/htmx/htmx.min.js' %}", "{% static 'warnings/warnings.css' %}", "{% static 'warnings/store.js' %}", "{% static 'warnings/phone.js' %}", "{% static 'warnings/offline.js' %}", "{% static 'warnings/manifest.json' %}"];

async function keep() {
  const cache = await caches.open(NAME);
  const shell = await fetch(SHELL, { credentials: "same-origin" });
  if (shell.ok && !shell.redirected) await cache.put(SHELL, shell);
  await cache.addAll(FILES);
}

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keep().catch(() => undefined));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(SHELL)) || Response.error()));
    return;
  }
  const path = new URL(request.url).pathname;
  if (FILES.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});
