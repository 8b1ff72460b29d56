// Goes through journeys of a built site with the keyboard alone, to an emergency and to an ending that is none, with JavaScript and
// without; and through whole pages. At every stop the focus can be seen, and it is where it belongs after every step.
//
//   node keyboard.mjs SITE_DIR CASES.json
//
// CASES.json is as journeys.mjs takes it. Ends as run.mjs does.

import { readFileSync } from "node:fs";
import { check, end, open } from "./site.mjs";
import { choose, heading } from "./walks.mjs";

const [root, list] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(list, "utf8"));
const { base, browser } = await open(root);

let stops = 0;

// Somebody at a keyboard, with what is wrong on the way.
async function person(options) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce", serviceWorkers: "block", ...options });
  const tab = await context.newPage();
  const problems = [];
  tab.on("pageerror", (e) => problems.push(`script: ${e.message}`));
  const press = async (...keys) => {
    for (const key of keys) await tab.keyboard.press(key);
  };

  // Notes how everything looks that the focus may come to, before it does.
  const remember = () =>
    tab.evaluate(() => {
      const lookOf = (e) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(e);
        return [outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor, boxShadow].join(" ");
      };
      window.looks = new Map();
      for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
        if (e !== document.activeElement) window.looks.set(e, lookOf(e));
      }
      window.lookOf = lookOf;
    });

  // Where the focus is: what it is on, and what is wrong there.
  const stop = () =>
    tab.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const name = `${e.localName}${e.id && `#${e.id}`} “${(e.textContent || "").trim().slice(0, 40)}”`;
      const found = [];
      if (window.looks.has(e) && window.looks.get(e) === window.lookOf(e)) found.push(`${name}: the focus cannot be seen`);
      if (e.tabIndex >= 0) {
        const isHit = Array.from(e.getClientRects()).some(({ left, right, top, bottom }) => {
          const places = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
          return places.some(([x, y]) => e.contains(document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)));
        });
        if (!isHit) found.push(`${name}: is out of sight or covered`);
      }
      return { name, found, number: Array.from(document.querySelectorAll("*")).indexOf(e) };
    });

  const tabOnce = async (key = "Tab") => {
    await press(key);
    stops += 1;
    const at = await stop();
    if (at) problems.push(...at.found);
    return at;
  };
  const isOn = (what, nth) =>
    tab.evaluate(([what, nth]) => document.activeElement === document.querySelectorAll(what)[nth], [what, nth]);
  // Presses Tab until the focus is there.
  const tabTo = async (what, nth = 0) => {
    for (let presses = 0; presses < 150; presses += 1) {
      if (await isOn(what, nth)) return true;
      await tabOnce();
    }
    problems.push(`Tab does not lead to ${what} ${nth}`);
    return false;
  };
  const focusIs = async (what, when) => {
    // A browser moves the focus to the part that an address names a moment after the page is there.
    for (let waits = 0; waits < 40 && !(await isOn(what, 0)); waits += 1) await tab.waitForTimeout(50);
    if (!(await isOn(what, 0))) problems.push(`${when}: the focus is on ${(await stop())?.name}, not on ${what}`);
  };
  // Follows the link or button that has the focus to another page.
  const follow = async () => {
    await Promise.all([tab.waitForNavigation(), press("Enter")]);
    await remember();
  };
  return { tab, problems, press, remember, tabOnce, tabTo, focusIs, follow, close: () => context.close() };
}

// The link that skips what is the same on every page.
async function skips({ tab, tabOnce, press, focusIs, problems }) {
  await tabOnce();
  await focusIs(".skip", "the first stop");
  await press("Enter");
  await focusIs("#main", "after skipping");
  await tabOnce();
  if (!(await tab.evaluate(() => document.getElementById("main").contains(document.activeElement)))) problems.push("after skipping, Tab leads out of the main part");
  // And back again.
  const there = await tab.evaluate(() => document.activeElement.outerHTML);
  await press("Tab", "Shift+Tab");
  if ((await tab.evaluate(() => document.activeElement.outerHTML)) !== there) problems.push("Shift and Tab do not lead back");
}

// Answers the question that is shown, without moving on.
async function answer(me, given) {
  const { tab, press, tabTo, problems } = me;
  if (given.number !== undefined) {
    await tabTo("[name=answer]");
    await tab.keyboard.type(String(given.number));
  } else if (given.one !== undefined) {
    await tabTo("[name=answer]");
    await press("Space");
    for (let down = 0; down < given.one; down += 1) await press("ArrowDown");
    if (!(await tab.locator("[name=answer]").nth(given.one).isChecked())) problems.push("the arrows do not choose");
  } else {
    const none = await tab.locator("[name=answer][data-none]").count();
    const chosen = given.any.length === 0 && none > 0 ? [given.of] : given.any;
    for (const option of chosen) {
      await tabTo("[name=answer]", option);
      await press("Space");
    }
  }
}

// What happens where nothing is answered: the focus goes to what is wrong, and its link to the answer.
async function mistake(me) {
  const { tab, press, tabTo, tabOnce, focusIs, problems } = me;
  await tabTo("main [type=submit]");
  await press("Enter");
  await focusIs(".problem", "after a mistake");
  if (!(await tab.title()).startsWith("Error: ")) problems.push("the title does not say that there is an error");
  await tabOnce();
  await focusIs(".problem a", "after what is wrong");
  await press("Enter");
  await focusIs("#answer-0", "after the link to the answer");
}

async function inPage(me, one) {
  const { tab, press, remember, tabTo, focusIs, problems } = me;
  const left = [...one.answers];
  await press("Enter");
  for (let screens = 0; screens < 200; screens += 1) {
    await focusIs("main h1", `screen ${screens + 1}`);
    await remember();
    if ((await tab.locator("main form").count()) === 0) break;
    if ((await tab.locator("[name=answer]").count()) > 0) {
      if (screens === 0) await mistake(me);
      if (screens === 1) {
        // Back to the first question, which keeps its answer, and here again.
        const here = await heading(tab);
        await tabTo("[data-back]");
        await press("Enter");
        await focusIs("main h1", "back");
        await remember();
        if (!(await tab.locator("[name=answer]").nth(one.answers[0].one).isChecked())) problems.push("Back forgets the answer");
        await tabTo("main [type=submit]");
        await press("Enter");
        if ((await heading(tab)) !== here) problems.push("Continue leads elsewhere than before");
        await remember();
      }
      if (left.length === 0) return problems.push("the answers stop");
      await answer(me, left[0]);
      left.shift();
    }
    await tabTo("main [type=submit]");
    await press("Enter");
  }
}

async function byPages(me, one) {
  const { tab, tabTo, focusIs, follow, problems } = me;
  const left = [...one.answers];
  await follow();
  for (let screens = 0, option = 0; screens < 300; screens += 1) {
    await focusIs("#main", `screen ${screens + 1}`);
    const links = await tab.locator(".answers a").allTextContents();
    if (links.length === 0) {
      if ((await tab.locator("main > p > a.start").count()) === 0) break;
      await tabTo("main > p > a.start");
    } else {
      if (left.length === 0) return problems.push("the answers stop");
      await tabTo(".answers a", choose(links, left[0], option));
      option += 1;
      if (left[0].any === undefined || option === left[0].of) {
        left.shift();
        option = 0;
      }
    }
    await follow();
  }
}

// Everything in the main part that somebody could use with a pointer is a stop, and no stop is a trap. What can be opened is opened.
async function reachesAll(me) {
  const { tab, press, remember, tabOnce, tabTo, problems } = me;
  if (await tab.locator("details:not([open]) summary").count()) {
    await tabTo("details:not([open]) summary");
    await press("Enter");
    await remember();
  }
  const wanted = await tab.evaluate(() => {
    const all = Array.from(document.querySelectorAll("*"));
    const main = document.getElementById("main");
    const isRadioTwice = (e) => e.type === "radio" && e.form.querySelector(`[name=${e.name}]:checked`) !== e && e.form.querySelector(`[name=${e.name}]`) !== e;
    const usable = Array.from(main.querySelectorAll("a[href], button, input, select, textarea, summary")).filter((e) => e.checkVisibility() && !isRadioTwice(e));
    main.focus();
    return usable.map((e) => [all.indexOf(e), e.outerHTML.slice(0, 80)]);
  });
  const reached = new Set();
  for (let presses = 0; presses < wanted.length + 3; presses += 1) {
    const at = await tabOnce();
    if (at) reached.add(at.number);
  }
  for (const [number, html] of wanted) if (!reached.has(number)) problems.push(`Tab does not lead to ${html}`);
}

for (const javaScriptEnabled of [true, false]) {
  for (const level of ["emergency", "none"]) {
    const fitting = cases.filter((c) => c.level === level);
    const one = fitting.reduce((a, b) => (b.answers.length > a.answers.length ? b : a));
    const me = await person({ javaScriptEnabled });
    await me.tab.goto(`${base}journeys/${one.journey}/`);
    if (javaScriptEnabled) await me.tab.waitForSelector("main [data-with-script]:not([hidden])");
    await me.remember();
    await skips(me);
    await me.tabTo("main a.start");
    await (javaScriptEnabled ? inPage(me, one) : byPages(me, one));
    const title = await heading(me.tab);
    if (title !== one.ends) me.problems.push(`ends at “${title}”, not at “${one.ends}”`);
    if (javaScriptEnabled) await me.focusIs("main h1", "at the ending");
    await reachesAll(me);
    check(`${one.journey}: ${one.name}, with the keyboard ${javaScriptEnabled ? "in one page" : "page by page"}`, [...new Set(me.problems)]);
    await me.close();
  }
}

// Whole pages, at the width of a phone, of a desk, and at 400 %.
const every = ["", "urgent/", "help/", "areas/", "search/", "topics/self-harm/", "journeys/low-mood/"];
for (const [width, height, deviceScaleFactor, pages] of [[390, 844, 1, every], [1280, 900, 1, ["", "help/"]], [320, 256, 4, every]]) {
  const me = await person({ viewport: { width, height }, deviceScaleFactor });
  for (const page of pages) {
    me.problems.length = 0;
    await me.tab.goto(base + page);
    await me.tab.waitForLoadState("load");
    await me.remember();
    await reachesAll(me);
    check(`${page || "home"} at ${width} px: all of it with the keyboard`, [...new Set(me.problems)]);
  }
  await me.close();
}

await end(browser, `${stops} stops`);
