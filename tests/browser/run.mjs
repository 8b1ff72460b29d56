// Walks every page of a built site in Chromium: accessibility (axe-core), valid HTML (html-validate), no console error, no request
// elsewhere, no cookie, no referrer, no sideways scrolling at 320 px, 400 % or with text of 200 %.
//
//   node run.mjs SITE_DIR
//
// Ends with a line `N passed, N failed` and exits 1 where anything failed.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { check, end, looks, newForms, open, over, violations } from "./site.mjs";

const root = process.argv[2];

function pages(dir) {
  return readdirSync(dir).sort().flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return pages(path);
    return name.endsWith(".html") ? [relative(root, path)] : [];
  });
}

const { base, browser } = await open(root);

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // The style of our own templates, not a fault of the page.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "require-sri": "off",
    "tel-non-breaking": "off",
    "no-inline-style": "error",
  },
});

const every = pages(root);
// Of the screens of a journey, which differ in their links alone, the first of each heading.
const headings = new Set();
const all = every.filter((page) => {
  const [, journey] = page.match(/^journeys\/([^/]+)\/[0-9a-f]{8}\//) ?? [];
  if (!journey) return true;
  const key = journey + readFileSync(join(root, page), "utf8").match(/<h1[^>]*>(.*?)<\/h1>/s)[1];
  return !headings.has(key) && headings.add(key);
});

// What sends people on at once cannot be looked at.
const stays = (page) => !page.startsWith("404") && !readFileSync(join(root, page), "utf8").includes('http-equiv="refresh"');

// What must come in one round trip holds its style sheet; other pages count it.
for (const page of every) {
  const html = readFileSync(join(root, page));
  const sheet = html.toString().match(/<link rel="stylesheet" href="[./]*(assets\/[^"]+)"/)?.[1];
  const weight = gzipSync(html).length + (sheet ? gzipSync(readFileSync(join(root, sheet))).length : 0);
  const isPressing = page === "urgent/index.html" || /<h1 class="care__heading"[^>]*><span class="vh">(Emergency|Urgent)/.test(html);
  const limit = (isPressing ? 14 : 30) * 1024;
  const problems = weight > limit ? [`${weight} bytes compressed, more than ${limit}`] : [];
  if (isPressing && sheet) problems.push("waits for a style sheet");
  // A review pack is a file that somebody sends, with pictures in it, and no page of a site.
  if (page !== "pack.html") check(`${page}: weight`, problems);
}
for (const page of all) {
  const report = await validator.validateString(readFileSync(join(root, page), "utf8"));
  check(`${page}: valid HTML`, report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.message} (${m.ruleId})`)));
}

// Opens pages one after the other, with what the browser says of each, and looks at them.
async function walk(name, some, options, look, prepare = async () => {}) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const tab = await context.newPage();
  const trouble = [];
  tab.on("console", (m) => m.type() === "error" && trouble.push(`console: ${m.text()}`));
  tab.on("pageerror", (e) => trouble.push(`script: ${e.message}`));
  tab.on("request", (r) => !r.url().startsWith(base) && !r.url().startsWith("data:") && trouble.push(`request to ${r.url()}`));
  await prepare(tab);
  const session = await context.newCDPSession(tab);
  for (const page of some) {
    trouble.length = 0;
    await tab.goto(base + page.replace(/index\.html$/, ""), { waitUntil: "load" });
    trouble.push(...(await look(tab, session)));
    check(`${page} ${name}`, [...trouble]);
  }
  check(`no cookie ${name}`, (await context.cookies()).map((c) => c.name));
  await context.close();
}

const tooWide = async (tab, when) => {
  const pixels = await over(tab);
  return pixels > 0 ? [`${pixels} px too wide ${when}`] : [];
};
// Text alone at twice its size.
async function withLargeText(tab, session) {
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  const found = await tooWide(tab, "with text of 200 %");
  await session.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  return found;
}

const phone = { viewport: { width: 390, height: 844 } };
const desk = { viewport: { width: 1280, height: 900 } };
// A window of 1280 px at 400 %.
const zoomed = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };
const shown = all.filter(stays);
// Those whose scripts do more than say what is open now.
const acting = shown.filter((page) => /<script src="[^"]*assets\/(?!hours|offline)/.test(readFileSync(join(root, page), "utf8")));
// As somebody gets them whose scripts do not run: JavaScript is on, for axe-core needs it, and every script is empty.
const empty = (tab) => tab.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
const [onPhone, onDesk] = [newForms(), newForms()];
// Two at a time: a machine has two cores at least.
await Promise.all([
  walk("at 390 px", shown, phone, async (tab) => [...(await onPhone(tab)), ...(await tooWide(tab, ""))]),
  walk("at 1280 px", shown, desk, async (tab, session) => [...(await onDesk(tab)), ...(await withLargeText(tab, session))]),
]);
await Promise.all([
  walk("without JavaScript, at 320 px and 400 %", shown, { ...zoomed, javaScriptEnabled: false }, (tab) => tooWide(tab, "")),
  (async () => {
    await walk("at 320 px and 400 %", acting, zoomed, (tab) => tooWide(tab, ""));
    await walk("at 390 px with empty scripts", acting, phone, violations, empty);
    await walk("at 1280 px with empty scripts", acting, desk, violations, empty);
  })(),
]);

const screens = every.length - all.length;
await end(browser, `${every.length} pages weighed, ${shown.length} of them opened at 390, 1280 and 320 px (the other ${screens} are screens with a heading that another has), ${acting.length} with empty scripts; ${looks.axe} looks of axe-core, at every form of every part`);
