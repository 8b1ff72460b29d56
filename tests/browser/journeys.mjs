// Answers the journeys of a built site in Chromium, with JavaScript and without, and holds the two against each other: the same
// answers come to the same ending, and with JavaScript nothing outside the page says what was answered. Then what people do besides
// answering: going back, reloading, coming back later, printing, leaving in a hurry.
//
//   node journeys.mjs SITE_DIR CASES.json
//
// CASES.json is a list of cases (walks.mjs). The first case of each journey is answered with the pointer, as a person does; the others
// by the same script with the same events, many times faster. Ends as run.mjs does.

import { readFileSync } from "node:fs";
import { check, end, looks, newForms, open } from "./site.mjs";
import { answerOn, begin, byPages, byPointer, ending, heading, opened } from "./walks.mjs";

const [root, list] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(list, "utf8"));
const { base, browser } = await open(root);

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

// Every screen of every journey, and what it says where the answer is missing: the focus where it belongs, and accessible, where its
// form is one that axe-core has not looked at.
const seen = new Map(cases.map(({ journey }) => [journey, new Set()]));
const accessible = newForms();
async function lookClosely(journey, title) {
  seen.get(journey).add(title);
  check(`${journey}: ${title}: accessible`, await accessible(walker));
  const form = walker.locator("main form");
  if ((await form.locator("[type=radio], [type=text], [data-none]").count()) === 0) return;
  await form.locator("[type=submit]").click();
  const problems = await accessible(walker);
  const active = await walker.evaluate(() => document.activeElement?.className);
  if (active !== "problem") problems.push(`the focus is on “${active}”, not on what is wrong`);
  if (!(await walker.title()).startsWith("Error: ")) problems.push("the title does not say that there is an error");
  await walker.click(".problem a");
  if ((await walker.evaluate(() => document.activeElement?.id)) !== "answer-0") problems.push("the link does not lead to the answer");
  check(`${journey}: ${title}: what is wrong`, problems);
}

const state = () => walker.evaluate(() => [history.length, location.href, document.title, document.cookie, localStorage.length, sessionStorage.length].join(" "));

// Gives what the ending says; `states` and `problems` take what was seen on the way.
async function inPage(one, states, problems) {
  await begin(walker, base, one);
  requests.length = 0;
  let way = await answerOn(walker, one.answers, 0, seen.get(one.journey), false);
  for (;;) {
    way.states.forEach((said) => states.add(said));
    problems.push(...way.problems);
    if (way.stops === undefined) return ending(walker);
    await lookClosely(one.journey, way.stops);
    way = await answerOn(walker, one.answers, way.at, seen.get(one.journey), true);
  }
}

// As a person does it, with a look at every screen.
async function pointed(one, states, problems) {
  let isNew = true;
  const look = async () => {
    if (isNew) requests.length = 0;
    isNew = false;
    states.add(await state());
    const active = await walker.evaluate(() => document.activeElement?.tagName);
    if (active !== "H1") problems.push(`the focus is on ${active}`);
  };
  return byPointer(walker, base, one, look);
}

const walked = new Set();
for (const one of cases) {
  trouble.length = 0;
  const name = `${one.journey}: ${one.name}`;
  const problems = [];
  const states = new Set();
  const isFirst = !walked.has(one.journey);
  walked.add(one.journey);
  const scriptedWay = async () => {
    const said = isFirst ? await pointed(one, states, problems) : null;
    return said ?? inPage(one, states, problems);
  };
  // Each in a tab of its own, so they need not wait for each other.
  const [[without, title], withScript] = await Promise.all([byPages(pages, base, one), scriptedWay()]);
  if (one.ends && title !== one.ends) problems.push(`ends at “${title}” without JavaScript, not at “${one.ends}”`);
  if (requests.length > 0) problems.push(`requests while answering: ${requests.join(", ")}`);
  if (states.size !== 1) problems.push(`what others could see changes: ${[...states].join(" | ")}`);
  const at = [...without].findIndex((letter, n) => letter !== withScript[n]);
  if (withScript !== without) problems.push(`with JavaScript: …${withScript.slice(at).slice(0, 120)}`, `without: …${without.slice(at).slice(0, 120)}`);
  check(name, [...problems, ...trouble]);
}
check("no cookie", [...(await plain.cookies()), ...(await scripted.cookies())].map((c) => c.name));

// Back keeps answers, and start again drops them.
const long = cases.reduce((a, b) => (b.answers.length > a.answers.length ? b : a));
{
  const problems = [];
  const one = { ...long, answers: [] };
  await begin(walker, base, one);
  const first = await heading(walker);
  await walker.locator("[name=answer]").nth(long.answers[0].one).check();
  await walker.click("[type=submit]");
  if ((await heading(walker)) === first) problems.push("Continue does not answer");
  await walker.click("[data-back]");
  if ((await heading(walker)) !== first) problems.push("Back does not lead back");
  if (!(await walker.locator("[name=answer]").nth(long.answers[0].one).isChecked())) problems.push("Back forgets the answer");
  await walker.click("[data-restart]");
  await walker.click("main a.start");
  if ((await walker.locator("[name=answer]:checked").count()) > 0) problems.push("starting again keeps the answer");
  check("back and start again", problems);
}

// The browser's own way back and reloading, with JavaScript: nothing of the answers is left.
{
  const problems = [];
  const isFresh = async (what) => {
    const said = await walker.evaluate(() => [document.querySelector("main [data-start]") !== null, document.querySelectorAll("[name=answer]").length].join());
    if (said !== "true,0") problems.push(`${what}: not the beginning of the journey`);
  };
  const half = async () => {
    await begin(walker, base, long);
    await answerOn(walker, long.answers.slice(0, 2), 0, [...seen.get(long.journey)], false);
  };
  await walker.goto(`${base}journeys/`);
  await half();
  await walker.reload();
  await isFresh("reloaded");
  await half();
  await walker.goBack();
  if (walker.url() !== `${base}journeys/`) problems.push(`back leads to ${walker.url()}`);
  await walker.goForward();
  await isFresh("back and forward");
  // Whoever comes back to a page that the browser kept: soon it goes on, later it begins again.
  const away = (minutes) =>
    walker.evaluate((minutes) => {
      const { now } = Date;
      window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
      Date.now = () => now() + minutes * 60000;
      window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      Date.now = now;
    }, minutes);
  await walker.waitForSelector("main [data-with-script]:not([hidden])");
  await half();
  await away(1);
  if ((await walker.locator("main form").count()) === 0) problems.push("a minute away, and the answers are gone");
  await away(10);
  await isFresh("ten minutes away");
  check("with JavaScript the browser's way back and reloading leave no answer", problems);
}

// And without: each screen is a page.
{
  const problems = [];
  await pages.goto(`${base}journeys/${long.journey}/`);
  await pages.click("main a.start");
  const first = [pages.url(), await heading(pages)].join();
  await pages.locator(".answers a").nth(long.answers[0].one).click();
  const second = [pages.url(), await heading(pages)].join();
  const is = async (what, wanted) => {
    const said = [pages.url(), await heading(pages)].join();
    if (said !== wanted) problems.push(`${what}: ${said}, not ${wanted}`);
  };
  await pages.reload();
  await is("reloaded", second);
  await pages.goBack();
  await is("back", first);
  await pages.goForward();
  await is("forward", second);
  check("without JavaScript the browser's way back and reloading work", problems);
}

// What is printed of an ending: what to do and whom to call, and nothing that paper cannot do.
for (const level of ["emergency", "none"]) {
  const one = cases.find((c) => c.level === level);
  const [tab, other] = [walker, pages];
  const said = [];
  await begin(tab, base, one);
  await answerOn(tab, one.answers, 0, [...seen.get(one.journey)], false);
  await tab.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "");
  });
  await tab.click("[data-print]");
  if ((await tab.locator("[data-printed]").count()) === 0) said.push("the button does not print");
  const [, , address] = await byPages(other, base, one);
  await other.goto(address);
  for (const page of [tab, other]) {
    await page.emulateMedia({ media: "print" });
    for (const what of ["button", ".skip", ".menu", ".exit", ".again"]) {
      if ((await page.locator(what).filter({ visible: true }).count()) > 0) said.push(`${what} is printed`);
    }
    if (!(await page.locator("main h1").isVisible())) said.push("the heading is not printed");
    if (level === "emergency" && (await page.locator("main a[href='tel:999']").filter({ visible: true }).count()) === 0) said.push("999 is not printed");
    if ((await page.pdf()).length < 5000) said.push("the print is empty");
    await page.emulateMedia({ media: null });
  }
  check(`printed: ${one.ends}`, said);
}

// Leaving in a hurry leaves nothing for whoever goes back.
{
  const problems = [];
  let isThere = false;
  for (const journey of seen.keys()) {
    const one = cases.find((c) => c.journey === journey);
    await begin(walker, base, one);
    if ((await walker.locator(".exit__link").count()) === 0) continue;
    isThere = true;
    await walker.evaluate(() => document.querySelector(".exit__link").addEventListener("click", (event) => event.preventDefault()));
    await walker.click(".exit__link");
    if ((await walker.locator("[name=answer]").count()) > 0) problems.push(`${journey}: the question is still there`);
  }
  if (!isThere) problems.push("no journey has the control");
  check("leaving in a hurry", problems);
}

// At an ending the service of an area can be chosen, without a request.
{
  const problems = [];
  let isThere = false;
  for (const one of cases) {
    await inPage(one, new Set(), []);
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

const screens = [...seen.values()].reduce((sum, titles) => sum + titles.size, 0);
await end(browser, `${cases.length} ways through ${seen.size} journeys, ${screens} questions and endings, ${opened()} screens opened without JavaScript, ${looks.axe} looks of axe-core`);
