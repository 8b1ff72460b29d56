// Keeps the page for urgent help, and journeys that were opened, for when there is no network. Always asks the network first: what is
// out of use is never shown to somebody who is online. Keeps nothing of what anybody answered or looked at otherwise.
// In the language of 2017, which nearly every browser with service workers reads; the others do without.
const NAME = `signpost ${registration.scope} `;
const KEPT = `${NAME}{{ worker.version }}`;
// Kept as soon as the worker is there; when they are opened; files whose names change with what they hold.
const AT_ONCE = {{ worker.at_once|tojson }};
const OPENED = {{ worker.opened|tojson }};
const ASSETS = {{ worker.assets|tojson }};

const address = (path) => new URL(path, registration.scope).href;

// A copy, with the moment at which it was kept.
const keep = async (url, response) => {
  const headers = new Headers(response.headers);
  headers.set("x-kept", new Date().toISOString());
  const cache = await caches.open(KEPT);
  await cache.put(url, new Response(await response.blob(), { headers }));
};

// The copy; a page says that it is one, and of which day.
const kept = async (url) => {
  const cache = await caches.open(KEPT);
  const copy = await cache.match(url);
  if (!copy || !/^text\/html/.test(copy.headers.get("content-type"))) return copy;
  const html = await copy.text();
  const [, language] = html.match(/<html lang="([^"]*)"/) || [, "en"];
  // As this device writes dates in the language of the page: en-GB where the page says en.
  const own = (navigator.languages || []).find((one) => one.split("-")[0] === language.split("-")[0]) || language;
  const at = new Date(copy.headers.get("x-kept"));
  const date = at.toLocaleString(own, { dateStyle: "long", timeStyle: "short" });
  const said = html.replace("data-kept hidden>", "data-kept>").replace("{date}", () => date);
  return new Response(said, { headers: copy.headers });
};

const networkFirst = async (event, url) => {
  let response;
  try {
    response = await fetch(event.request, { cache: "no-cache" });
  } catch (error) {
    const copy = await kept(url);
    if (copy) return copy;
    throw error;
  }
  if (response.ok && !response.redirected) event.waitUntil(keep(url, response.clone()).catch(() => {}));
  if (response.status === 404 || response.status === 410) event.waitUntil(caches.open(KEPT).then((cache) => cache.delete(url)).catch(() => {}));
  return (response.status >= 500 && (await kept(url).catch(() => undefined))) || response;
};

const copyFirst = async (event, url) => {
  const copy = await caches.open(KEPT).then((cache) => cache.match(url)).catch(() => undefined);
  return copy || fetch(event.request);
};

addEventListener("install", (event) => {
  const all = [...AT_ONCE, ...ASSETS].map(async (path) => {
    const response = await fetch(address(path), { cache: "no-cache", credentials: "omit" });
    if (!response.ok || response.redirected) throw new Error(path);
    await keep(address(path), response);
  });
  event.waitUntil(Promise.all(all).then(() => skipWaiting()));
});

// A new version takes over at once, and nothing of an older one is left.
addEventListener("activate", (event) => {
  const clear = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(clear());
});

// Whatever is not kept never passes through here.
addEventListener("fetch", (event) => {
  const url = event.request.url.split("#")[0];
  if (event.request.method !== "GET" || !url.startsWith(registration.scope)) return;
  const path = url.slice(registration.scope.length);
  if (ASSETS.includes(path)) event.respondWith(copyFirst(event, url));
  else if (AT_ONCE.includes(path) || OPENED.includes(path)) event.respondWith(networkFirst(event, url));
});
