// Walks every page of a built site in Chromium: accessibility (axe-core), valid HTML (html-validate), no console error,
// no request elsewhere, no cookie, no sideways scrolling.
//
//   node run.mjs SITE_DIR
//
// Ends with a line `N passed, N failed` and exits 1 where anything failed.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { check, end, open, violations } from "./site.mjs";

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

for (const [width, height] of [[390, 844], [1280, 900]]) {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled, bypassCSP: true });
    const tab = await context.newPage();
    const trouble = [];
    tab.on("console", (m) => m.type() === "error" && trouble.push(`console: ${m.text()}`));
    tab.on("pageerror", (e) => trouble.push(`script: ${e.message}`));
    tab.on("request", (r) => !r.url().startsWith(base) && !r.url().startsWith("data:") && trouble.push(`request to ${r.url()}`));
    for (const page of all.filter(stays)) {
      trouble.length = 0;
      const address = base + page.replace(/index\.html$/, "");
      const answer = await tab.goto(address, { waitUntil: "load" });
      const name = `${page} at ${width} px${javaScriptEnabled ? "" : " without JavaScript"}`;
      if (page.startsWith("404") || !answer) continue;
      const refresh = await tab.locator("meta[http-equiv=refresh]").count();
      if (refresh === 0 && javaScriptEnabled) {
        trouble.push(...(await violations(tab)));
      }
      check(name, [...trouble]);
    }
    check(`no cookie at ${width} px`, (await context.cookies()).map((c) => c.name));
    await context.close();
  }
}

const narrow = await browser.newContext({ viewport: { width: 320, height: 640 } });
const tab = await narrow.newPage();
for (const page of all.filter(stays)) {
  await tab.goto(base + page.replace(/index\.html$/, ""), { waitUntil: "load" });
  const over = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0);
  check(`${page}: no sideways scrolling at 320 px`, over > 0 ? [`${over} px too wide`] : []);
}

await end(browser);
