// What the browser tests share: a built site on this machine, Chromium, what axe-core says of a page, and how a run ends.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, extname } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".xml": "application/xml", ".json": "application/json", ".txt": "text/plain", ".webmanifest": "application/manifest+json", ".js": "text/javascript" };

// Serves the folder and starts Chromium: where the site is, and the browser. No page tells the host from where somebody comes; the
// worker names itself.
export async function open(root) {
  const server = createServer((request, response) => {
    const { referer } = request.headers;
    if (referer && !referer.endsWith("/sw.js")) failures.push(`${request.url} is asked for with a referrer: ${referer}`);
    let path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path.endsWith("/")) path += "index.html";
    try {
      const body = readFileSync(join(root, path));
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}/`, browser: await launch() };
}

// Starts Chromium; where it is there, the build without a window, which is the same engine and needs half the time.
export function launch() {
  const installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? installed,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// How often axe-core looked at a page, for the closing line.
export const looks = { axe: 0 };

// What breaks WCAG 2.2 AA on the page that a tab shows.
export async function violations(tab) {
  looks.axe += 1;
  if (!(await tab.evaluate(() => "axe" in globalThis))) await tab.evaluate(axe);
  // Words alone come back: the whole of what axe-core knows of a page takes longer to send than to find.
  return tab.evaluate(async (runOnly) => {
    const found = await globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes[0] && v.nodes[0].html.slice(0, 120)})`);
  }, tags);
}

// Of what a page is made: for each element the elements around it, with their classes and what they say of themselves, without words.
// What stands in the same surroundings in the same form counts once.
const formsOf = (tab) =>
  tab.evaluate(() => {
    const said = ["type", "role", "hidden", "dir", "tabindex", "open", "aria-hidden", "aria-invalid", "aria-current", "disabled"];
    const named = ["id", "lang", "alt", "for", "href", "aria-label", "aria-labelledby", "aria-describedby"];
    const all = new Set();
    const note = (element, around) => {
      const own = said.filter((name) => element.hasAttribute(name)).map((name) => `${name}=${element.getAttribute(name)}`);
      const names = named.filter((name) => element.hasAttribute(name));
      const hasWords = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim() !== "");
      const form = `${around}>${element.localName}.${element.className}[${own}|${names}]${hasWords ? "w" : ""}`;
      all.add(form);
      for (const child of element.children) note(child, form);
    };
    note(document.body, "");
    return Array.from(all);
  });

// axe-core for many pages: it looks at a page where some part has a form that it has not seen in such surroundings.
export function newForms() {
  const seen = new Set();
  return async (tab) => {
    const forms = await formsOf(tab);
    if (forms.every((form) => seen.has(form))) return [];
    for (const form of forms) seen.add(form);
    return violations(tab);
  };
}

// How far the page reaches beyond the side of the window.
export const over = (tab) => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

let passed = 0;
const failures = [];

// Counts something that was looked at, with what is wrong with it.
export function check(name, problems) {
  if (problems.length === 0) passed += 1;
  else failures.push(`${name}\n  ${problems.join("\n  ")}`);
}

// Ends with a line `N passed, N failed` and what was looked at; exit status 1 where anything failed.
export async function end(browser, lookedAt = "") {
  if (browser) await browser.close();
  for (const failure of failures.slice(0, 40)) console.log(`FAILED ${failure}`);
  console.log(`${passed} passed, ${failures.length} failed${lookedAt && `: ${lookedAt}`}`);
  process.exit(failures.length === 0 ? 0 : 1);
}
