// Looks at what a built site keeps for when there is no network, in Chromium.
//
//   node offline.mjs SITE_DIR NEXT_DIR
//
// Both are builds of one site for a sub-folder, the second with another page for urgent help. Ends with a line `N passed, N failed`.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join, extname } from "node:path";
import { check, end, launch, types } from "./site.mjs";

const [, , first, next] = process.argv;
const folder = "/in/a/folder/";
// What the network is like: where the site lies, whether there is any, an answer instead of pages, a worker instead of ours.
const net = { root: first, isThere: true, status: 0, worker: null };

const server = createServer((request, response) => {
  if (!net.isThere) return request.socket.destroy();
  let path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (!path.startsWith(folder)) return response.writeHead(404).end();
  path = path.slice(folder.length);
  if (path === "" || path.endsWith("/")) path += "index.html";
  if (net.status && path.endsWith(".html")) return response.writeHead(net.status, { "content-type": "text/html" }).end("<p>Trouble</p>");
  try {
    const body = path === "sw.js" && net.worker !== null ? net.worker : readFileSync(join(net.root, path));
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}${folder}`;
const browser = await launch();

// A browser of its own, with what went wrong in it.
async function person() {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const trouble = [];
  tab.on("pageerror", (e) => trouble.push(`script: ${e.message}`));
  return { context, tab, trouble };
}
const go = (tab, path) => tab.goto(base + path, { waitUntil: "load" }).catch(() => null);
const ready = (tab) => tab.evaluate(async () => (await navigator.serviceWorker.ready).scope);
const keptPaths = (tab) =>
  tab.evaluate(async (base) => {
    const all = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) all.push(url.replace(base, ""));
    return all.sort();
  }, base);
const banner = (tab) => tab.locator("[data-kept]");
const is = (name, found, wanted) => check(name, JSON.stringify(found) === JSON.stringify(wanted) ? [] : [`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`]);
const eventually = async (what) => {
  for (let n = 0; n < 50; n += 1) {
    if (await what()) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
};

const { context, tab, trouble } = await person();
const console_ = [];
tab.on("console", (m) => m.type() === "error" && console_.push(m.text()));
await go(tab, "");
is("the worker sees its folder alone", await ready(tab), base);
const pages = (all) => all.filter((path) => !path.startsWith("assets/"));
is("the page for urgent help is kept at once, and no other", pages(await keptPaths(tab)), ["urgent/"]);
is("the policy of the page lets everything through that it needs", console_, []);

net.isThere = false;
await go(tab, "urgent/");
is("without a network there is the page for urgent help", await tab.locator("h1").count(), 1);
is("it says that it is a copy", await banner(tab).isVisible().catch(() => false), true);
const words = await banner(tab).textContent().catch(() => "");
check("it says of which day", words.includes(String(new Date().getFullYear())) && !words.includes("{date}") ? [] : [words]);
check("it can be called from", (await tab.locator('a[href="tel:999"]').count()) > 0 ? [] : ["no number"]);
is("what was never kept is not there", await go(tab, "topics/sleep/"), null);

net.isThere = true;
await go(tab, "urgent/");
is("with a network nothing says that it is a copy", await banner(tab).isVisible(), false);
for (const path of ["topics/sleep/", "topics/self-harm/", "help/"]) await go(tab, path);
is("what was looked at otherwise is not kept", pages(await keptPaths(tab)), ["urgent/"]);

await go(tab, "journeys/sleep/");
await eventually(async () => (await keptPaths(tab)).length > 4);
await tab.locator("[data-start]").click();
await tab.locator("form").waitFor();
await tab.locator("[name=answer]").last().check();
await tab.locator("form button").first().click();
const opened = pages(await keptPaths(tab));
check("an opened journey is kept, and no screen of it", opened.length === 3 && opened[1].endsWith("/questions.json") && opened.every((path) => !/\/\d+\/$/.test(path)) ? [] : opened);
net.isThere = false;
await go(tab, "journeys/sleep/");
is("a kept journey says that it is a copy", await banner(tab).isVisible().catch(() => false), true);
await tab.locator("[data-start]").click().catch(() => {});
is("it can be answered without a network", await tab.locator("form [name=answer]").count(), 2);

net.isThere = true;
net.status = 503;
await go(tab, "urgent/");
is("where the host is in trouble the copy is shown", await banner(tab).isVisible().catch(() => false), true);
net.status = 0;

net.root = next;
await go(tab, "urgent/");
check("with a network the newest page is shown, whatever is kept", (await tab.content()).includes("Words of the next version") ? [] : ["the old page"]);
await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
const isClear = await eventually(async () => (await tab.evaluate(async () => (await caches.keys()).length)) === 1 && pages(await keptPaths(tab)).length === 1);
check("a new version takes over, and nothing of the old one is left", isClear ? [] : await keptPaths(tab));
net.isThere = false;
await go(tab, "urgent/");
check("and the copy is the new page", (await tab.content()).includes("Words of the next version") ? [] : ["the old page"]);
net.isThere = true;
net.status = 404;
await go(tab, "urgent/");
is("a page that is gone is gone", await tab.locator("h1").count(), 0);
const isGone = await eventually(async () => pages(await keptPaths(tab)).length === 0);
check("and no copy of it is left", isGone ? [] : await keptPaths(tab));
net.status = 0;
is("nothing else is stored", await tab.evaluate(() => localStorage.length + sessionStorage.length), 0);
is("no cookie", await context.cookies(), []);
is("no script fails", trouble, []);
await context.close();

net.root = first;
for (const [name, worker] of [["that cannot be read", "const ("], ["that fails at once", "throw new Error('no')"], ["that fails at its work", "addEventListener('fetch', () => { throw new Error('no'); })"]]) {
  net.worker = worker;
  const other = await person();
  for (const path of ["", "urgent/", "journeys/sleep/"]) {
    await go(other.tab, path);
    await other.tab.waitForTimeout(200);
    is(`a worker ${name} leaves /${path} as it is`, [await other.tab.locator("h1").count(), other.trouble], [1, []]);
  }
  await other.context.close();
}
server.close();
await end(browser);
