// Holds the scripts of a built site to what browsers of about 2016 can do: each is read as the language of that time, and everything
// still works where what came later is missing. Where a browser lacks what a script cannot do without, the page stays as it is.
//
//   node old.mjs SITE_DIR CASES.json
//
// CASES.json is as journeys.mjs takes it. Ends as run.mjs does.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { check, end, open } from "./site.mjs";
import { byPages, byPointer } from "./walks.mjs";

const [root, list] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(list, "utf8"));

// Every script, in the language of its time: those of pages as of 2015, the worker as of 2017, for only later browsers keep copies.
const scripts = readdirSync(join(root, "assets")).filter((name) => name.endsWith(".js"));
for (const [path, ecmaVersion] of [...scripts.map((name) => [`assets/${name}`, 2015]), ["sw.js", 2017]]) {
  const problems = [];
  try {
    parse(readFileSync(join(root, path), "utf8"), { ecmaVersion, sourceType: "script" });
  } catch (error) {
    problems.push(error.message);
  }
  check(`${path} is in the language of ${ecmaVersion}`, problems);
}

const { base, browser } = await open(root);

// Takes away what browsers got after 2016; `more` are names of the window that are missing as well.
function forget(more) {
  const take = (from, names) => {
    for (const name of names) delete from[name];
  };
  take(window, ["IntersectionObserver", "ResizeObserver", "structuredClone", "queueMicrotask", "AbortController", "HTMLDialogElement", "requestIdleCallback", "BigInt", "WeakRef", ...more]);
  take(Array.prototype, ["flat", "flatMap", "at", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]);
  take(String.prototype, ["replaceAll", "matchAll", "at", "padStart", "padEnd", "trimStart", "trimEnd"]);
  // Playwright needs `Object.entries` and `checkVisibility` to say what it saw.
  take(Object, ["fromEntries", "values", "hasOwn", "groupBy", "getOwnPropertyDescriptors"]);
  take(Promise, ["allSettled", "any", "try", "withResolvers"]);
  take(Promise.prototype, ["finally"]);
  take(Intl, ["RelativeTimeFormat", "ListFormat", "PluralRules", "DisplayNames", "Segmenter"]);
  take(Intl.DateTimeFormat.prototype, ["formatToParts", "formatRange"]);
  for (const { prototype } of [Element, Document, DocumentFragment]) take(prototype, ["append", "prepend", "replaceChildren", "before", "after", "replaceWith", "toggleAttribute"]);
  take(NodeList.prototype, ["forEach"]);
  take(Navigator.prototype, ["serviceWorker", "clipboard", "locks"]);
}

async function person(more = []) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const tab = await context.newPage();
  tab.trouble = [];
  tab.on("pageerror", (e) => tab.trouble.push(`script: ${e.message}`));
  tab.on("console", (m) => m.type() === "error" && tab.trouble.push(`console: ${m.text()}`));
  await tab.addInitScript(forget, more);
  return { context, tab };
}
const shown = (tab, what) => tab.locator(what).filter({ visible: true });

{
  const { context, tab } = await person();
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const journey of new Set(cases.map((c) => c.journey))) {
    const one = cases.filter((c) => c.journey === journey).reduce((a, b) => (b.answers.length > a.answers.length ? b : a));
    tab.trouble.length = 0;
    const problems = [];
    const said = await byPointer(tab, base, one);
    const [wanted] = await byPages(plain, base, one);
    if (said !== wanted) problems.push(`comes to ${said.slice(0, 120)}`);
    check(`an old browser: ${one.journey}: ${one.name}`, [...problems, ...tab.trouble]);
  }

  tab.trouble.length = 0;
  const problems = [];
  await tab.goto(`${base}search/`);
  await tab.fill("#search", "cant sleep");
  await tab.press("#search", "Enter");
  await shown(tab, "[data-results] li").first().waitFor();
  if (!(await tab.locator("[data-results] a").allTextContents()).includes("Sleep")) problems.push("search does not find");
  await tab.fill("#search", "i want to die");
  if ((await shown(tab, "[data-urgent]").count()) === 0) problems.push("a crisis phrase is not seen");
  await tab.goto(`${base}help/`);
  const all = await shown(tab, "[data-service]").count();
  await tab.click("summary");
  await tab.selectOption("[data-by=topic]", "topics/sleep/");
  const some = await shown(tab, "[data-service]").count();
  if (some === 0 || some >= all) problems.push(`the directory shows ${some} of ${all}`);
  await tab.goto(`${base}areas/`);
  await tab.fill("#postcode", "E8 3AB");
  await tab.click("[data-finder] [type=submit]");
  if (!(await shown(tab, "[data-found] a").allTextContents()).join().includes("Hackney")) problems.push("the finder does not find");
  check("an old browser: search, directory, finder", [...problems, ...tab.trouble]);
  await context.close();
}

// One that cannot even fetch: journeys go page by page, and what needs help at once is still seen.
{
  const { context, tab } = await person(["fetch"]);
  const problems = [];
  await tab.goto(`${base}journeys/sleep/`);
  if ((await shown(tab, "[data-with-script]").count()) > 0) problems.push("says that answers stay in the page");
  await Promise.all([tab.waitForNavigation(), tab.click("main a.start")]);
  if ((await tab.locator(".answers a").count()) === 0) problems.push("the start leads to no question");
  await tab.goto(`${base}search/`);
  await tab.fill("#search", "suicide");
  await tab.press("#search", "Enter");
  if ((await shown(tab, "[data-urgent]").count()) === 0) problems.push("a crisis phrase is not seen");
  await tab.locator("[data-status]", { hasText: "does not work" }).waitFor({ timeout: 5000 }).catch(() => problems.push("search does not say that it does not work"));
  check("a browser that cannot fetch", [...problems, ...tab.trouble]);
  await context.close();
}

await end(browser, `${scripts.length + 1} scripts`);
