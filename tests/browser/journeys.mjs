// Answers the journeys of a built site in Chromium, with JavaScript and without, and holds the two against each other: the same
// answers come to the same ending, and with JavaScript nothing outside the page says what was answered.
//
//   node journeys.mjs SITE_DIR CASES.json
//
// CASES.json is a list of {journey, name, answers, ends}: `answers` has for each question {one: N}, {any: [N], of: N} or
// {number: N}, answers by their place from 0; `ends` is the title of the ending. Ends as run.mjs does.

import { readFileSync } from "node:fs";
import { check, end, open, violations } from "./site.mjs";

const [root, list] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(list, "utf8"));
const { base, browser } = await open(root);

// What an ending says and where its links lead, without what is there to move on and what the time of day adds.
const ending = (tab) =>
  tab.evaluate(() => {
    const main = document.getElementById("main").cloneNode(true);
    for (const part of main.querySelectorAll(".back, .again, .progress, button, .now, [data-areas], [hidden]")) part.remove();
    const links = [...main.querySelectorAll("a")].map((a) => new URL(a.getAttribute("href"), document.baseURI).href);
    return JSON.stringify([main.textContent.replace(/\s+/g, ""), links]);
  });
const heading = (tab) =>
  tab.locator("main h1").evaluate((h) => {
    const words = h.cloneNode(true);
    words.querySelector(".vh")?.remove();
    return words.textContent.trim();
  });

// Page by page, without JavaScript.
async function byPages(tab, { journey, answers }) {
  await tab.goto(`${base}journeys/${journey}/`);
  await tab.click("main a.start");
  const left = [...answers];
  for (let screens = 0; screens < 500; screens += 1) {
    const links = tab.locator(".answers a");
    if ((await links.count()) === 0) {
      if ((await tab.locator("main > p > a.start").count()) === 0) return ending(tab);
      await tab.click("main > p > a.start");
      continue;
    }
    const answer = left.shift();
    if (answer === undefined) return "the answers stop";
    if (answer.one !== undefined) await links.nth(answer.one).click();
    else if (answer.any !== undefined) {
      for (let option = 0; option < answer.of; option += 1) await tab.locator(".answers a").nth(answer.any.includes(option) ? 0 : 1).click();
    } else {
      const ranges = (await links.allTextContents()).map((words) => words.match(/-?\d+/g).map(Number));
      await links.nth(ranges.findIndex(([from, to]) => from <= answer.number && answer.number <= (to ?? from))).click();
    }
  }
  return "no ending";
}

// In one page, with JavaScript. `look` is called at every screen.
async function inPage(tab, { journey, answers }, look = async () => {}) {
  await tab.goto(`${base}journeys/${journey}/`);
  await tab.waitForSelector("main [data-with-script]:not([hidden])");
  await tab.click("main a.start");
  const left = [...answers];
  for (let screens = 0; screens < 500; screens += 1) {
    await look();
    const form = tab.locator("main form");
    if ((await form.count()) === 0) return ending(tab);
    const inputs = form.locator("[name=answer]");
    if ((await inputs.count()) > 0) {
      const answer = left.shift();
      if (answer === undefined) return "the answers stop";
      if (answer.one !== undefined) await inputs.nth(answer.one).check();
      else if (answer.number !== undefined) await inputs.fill(String(answer.number));
      else {
        for (const option of answer.any) await inputs.nth(option).check();
        if (answer.any.length === 0 && (await form.locator("[data-none]").count()) > 0) await form.locator("[data-none]").check();
      }
    }
    await form.locator("[type=submit]").click();
  }
  return "no ending";
}

const context = (javaScriptEnabled) => browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled, bypassCSP: false });
const [plain, scripted] = [await context(false), await context(true)];
const [pages, walker] = [await plain.newPage(), await scripted.newPage()];
const requests = [];
const trouble = [];
walker.on("request", (r) => requests.push(r.url()));
for (const tab of [pages, walker]) {
  tab.on("console", (m) => m.type() === "error" && trouble.push(`console: ${m.text()}`));
  tab.on("pageerror", (e) => trouble.push(`script: ${e.message}`));
}

// Every kind of screen of every journey, and what it says where the answer is missing: accessible, with the focus where it belongs.
const seen = new Set();
async function lookClosely(key) {
  if (seen.has(key)) return;
  seen.add(key);
  check(`${key}: accessible`, await violations(walker));
  const form = walker.locator("main form");
  if ((await form.locator("[type=radio], [type=text], [data-none]").count()) === 0) return;
  await form.locator("[type=submit]").click();
  const problems = await violations(walker);
  const active = await walker.evaluate(() => document.activeElement?.className);
  if (active !== "problem") problems.push(`the focus is on “${active}”, not on what is wrong`);
  if (!(await walker.title()).startsWith("Error: ")) problems.push("the title does not say that there is an error");
  await walker.click(".problem a");
  if ((await walker.evaluate(() => document.activeElement?.id)) !== "answer-0") problems.push("the link does not lead to the answer");
  check(`${key}: what is wrong`, problems);
}

for (const one of cases) {
  trouble.length = 0;
  const name = `${one.journey}: ${one.name}`;
  const problems = [];
  let known = null;
  const state = () => walker.evaluate(() => [history.length, location.href, document.title, localStorage.length, sessionStorage.length].join(" "));
  const look = async () => {
    if (known === null) {
      known = await state();
      requests.length = 0;
    } else if ((await state()) !== known) problems.push(`“${known}” became “${await state()}”`);
    const active = await walker.evaluate(() => document.activeElement?.tagName);
    if (active !== "H1") problems.push(`the focus is on ${active}`);
    await lookClosely(`${one.journey}: ${await heading(walker)}`);
  };
  // Each in a tab of its own, so they need not wait for each other.
  const [without, withScript] = await Promise.all([byPages(pages, one), inPage(walker, one, look)]);
  const title = await heading(pages);
  if (one.ends && title !== one.ends) problems.push(`ends at “${title}” without JavaScript, not at “${one.ends}”`);
  if (requests.length > 0) problems.push(`requests while answering: ${requests.join(", ")}`);
  const at = [...without].findIndex((letter, n) => letter !== withScript[n]);
  if (withScript !== without) problems.push(`with JavaScript: …${withScript.slice(at).slice(0, 120)}`, `without: …${without.slice(at).slice(0, 120)}`);
  check(name, [...problems, ...trouble]);
}
check("no cookie", [...(await plain.cookies()), ...(await scripted.cookies())].map((c) => c.name));

// Back keeps answers, start again drops them, and a keyboard is enough.
{
  const one = cases.find((c) => c.answers.length > 2 && c.answers[0].one !== undefined);
  await walker.goto(`${base}journeys/${one.journey}/`);
  await walker.waitForSelector("main [data-with-script]:not([hidden])");
  const problems = [];
  const press = async (...keys) => {
    for (const key of keys) await walker.keyboard.press(key);
  };
  for (let presses = 0; presses < 60 && (await walker.evaluate(() => document.activeElement?.className)) !== "start"; presses += 1) await press("Tab");
  await press("Enter");
  const first = await heading(walker);
  await press("Tab", "Space");
  for (let down = 0; down < one.answers[0].one; down += 1) await press("ArrowDown");
  await press("Enter");
  if ((await heading(walker)) === first) problems.push("Enter does not answer");
  await walker.click("[data-back]");
  if ((await heading(walker)) !== first) problems.push("Back does not lead back");
  if (!(await walker.locator("[name=answer]").nth(one.answers[0].one).isChecked())) problems.push("Back forgets the answer");
  await walker.click("[data-restart]");
  await walker.click("main a.start");
  if ((await walker.locator("[name=answer]:checked").count()) > 0) problems.push("starting again keeps the answer");
  check("keyboard, back and start again", problems);
}

// At an ending the service of an area can be chosen, without a request.
{
  const problems = [];
  let isThere = false;
  for (const one of cases) {
    await inPage(walker, one);
    const select = walker.locator("[data-areas] select");
    if ((await select.count()) === 0) continue;
    isThere = true;
    requests.length = 0;
    const before = await walker.locator("[data-role]").allTextContents();
    const changed = await select.evaluate((s) => s.options.length > 1);
    if (!changed) problems.push(`${one.name}: there is no area to choose`);
    let isOther = false;
    for (const value of await select.locator("option").evaluateAll((all) => all.map((o) => o.value))) {
      await select.selectOption(value);
      const after = await walker.locator("[data-role]").allTextContents();
      isOther ||= value !== "" && after.join() !== before.join();
    }
    if (!isOther) problems.push(`${one.name}: no area changes anything`);
    await select.selectOption("");
    if ((await walker.locator("[data-role]").allTextContents()).join() !== before.join()) problems.push("choosing none does not lead back");
    if (requests.length > 0) problems.push(`requests: ${requests.join(", ")}`);
    break;
  }
  if (!isThere) problems.push("no ending has a local service");
  check("the service of an area", problems);
}

await end(browser);
