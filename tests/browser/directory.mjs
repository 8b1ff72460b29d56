// Finds help on a built site in Chromium: filters the directory, holds "open now" at given times, looks up postcodes, searches; and
// sees that what somebody looked for is in no request, address, history entry, cookie or storage.
//
//   node directory.mjs SITE_DIR
//
// Ends as run.mjs does.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { check, end, looks, open, violations } from "./site.mjs";

const root = process.argv[2];
const { base, browser } = await open(root);

// A tab at a time, with what goes wrong in it and what it asks of the host.
async function tabAt(time, options = {}) {
  // What the service worker fetches is not of this test.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: "block", ...options });
  const tab = await context.newPage();
  if (time) await tab.clock.setFixedTime(new Date(time));
  tab.requests = [];
  tab.trouble = [];
  tab.on("request", (r) => tab.requests.push(r.url().slice(base.length)));
  tab.on("console", (m) => m.type() === "error" && tab.trouble.push(`console: ${m.text()}`));
  tab.on("pageerror", (e) => tab.trouble.push(`script: ${e.message}`));
  return tab;
}
// All that could tell somebody later what was looked for.
const trace = (tab) =>
  tab.evaluate(() => [history.length, JSON.stringify(history.state), location.href, document.cookie, localStorage.length, sessionStorage.length].join(" "));
const visible = (tab, what) => tab.locator(what).filter({ visible: true });
const texts = async (tab, what) => (await visible(tab, what).allTextContents()).map((text) => text.trim());
const is = (what, said, wanted) => (JSON.stringify(said) === JSON.stringify(wanted) ? [] : [`${what}: ${JSON.stringify(said)}, not ${JSON.stringify(wanted)}`]);
const has = (what, said, wanted) => (said.includes(wanted) ? [] : [`${what}: ${JSON.stringify(said)} has no ${JSON.stringify(wanted)}`]);

// A weekday morning: 11 am in London.
const MORNING = "2026-11-24T11:00:00Z";

// Without JavaScript: the whole list, and nothing that does not work.
for (const page of ["help/", "areas/", "search/", ""]) {
  const tab = await tabAt(null, { javaScriptEnabled: false });
  await tab.goto(base + page);
  const problems = [];
  if ((await tab.locator("main form").filter({ visible: true }).count()) > 0) problems.push("a form that does nothing");
  if ((await tab.locator("main [role=status]").filter({ visible: true, hasText: /./ }).count()) > 0) problems.push("a count of nothing");
  if (page === "help/" && (await visible(tab, "[data-service]").count()) < 20) problems.push("the list is not whole");
  if (page === "search/" && (await visible(tab, ".index li").count()) < 40) problems.push("the list from A to Z is not whole");
  if (page === "search/" && (await visible(tab, "[data-crisis]").count()) > 0) problems.push("crisis phrases are shown");
  if ((await tab.locator("main .now").count()) > 0) problems.push("says what is open now");
  check(`${page || "home"} without JavaScript`, problems);
  await tab.context().close();
}

// Filters.
{
  const tab = await tabAt(MORNING);
  await tab.goto(`${base}help/`);
  await tab.waitForSelector("[data-filters]:not([hidden])");
  const before = await trace(tab);
  tab.requests.length = 0;
  const problems = [];
  const count = () => tab.locator("[data-count]").textContent();
  const services = () => visible(tab, "[data-service]").count();
  const all = await services();
  problems.push(...is("all services", await count(), `${all} services`));
  await tab.click("summary");

  await tab.selectOption("[data-by=topic]", "topics/sleep/");
  const sleep = await services();
  if (sleep === 0 || sleep >= all) problems.push(`${sleep} services for sleep`);
  problems.push(...has("services for sleep", await count(), `${sleep} service`));
  await tab.check("[data-by=way][value=app]");
  const apps = await services();
  if (apps > sleep) problems.push("a second choice shows more");
  if ((await visible(tab, "[data-group]").count()) === 0 && apps > 0) problems.push("no heading stands above what fits");
  check("the directory: a filtered list is accessible", await violations(tab));

  // Nothing fits: what to do, and help now is still there.
  await tab.fill("[data-by=age]", "130");
  await tab.check("[data-by=way][value=bsl]").catch(() => {});
  await tab.selectOption("[data-by=area]", { index: 1 });
  await tab.uncheck("[data-by=way][value=app]");
  await tab.fill("[data-by=age]", "3");
  problems.push(...is("services for a child of 3 with sleep, by BSL", await services(), 0));
  problems.push(...has("nothing fits", await count(), "No service fits"));
  problems.push(...is("what to do", await visible(tab, "[data-nothing]").count(), 1));
  const links = await tab.locator("main .panel a").evaluateAll((all) => all.filter((a) => a.offsetParent).map((a) => a.getAttribute("href")));
  for (const number of ["tel:999", "tel:116123"]) if (!links.some((href) => href === number)) problems.push(`${number} is gone`);
  check("the directory: an empty list is accessible", await violations(tab));
  await tab.fill("[data-by=age]", "abc");
  await tab.locator("[data-filters] [type=submit]").click();
  problems.push(...is("a wrong age has the focus", await tab.evaluate(() => document.activeElement.id), "by-age"));
  problems.push(...is("a wrong age is told", await visible(tab, "[data-wrong]").count(), 1));
  check("the directory: a wrong age is accessible", await violations(tab));
  await tab.locator("[data-nothing] [data-reset]").click();
  problems.push(...is("cleared", await services(), all));
  problems.push(...is("the focus is on the count", await tab.evaluate(() => document.activeElement.hasAttribute("data-count")), true));

  await tab.check("[data-by=free]");
  const free = await services();
  if (free === 0 || free >= all) problems.push(`${free} of ${all} are free`);
  await tab.uncheck("[data-by=free]");
  await tab.fill("[data-by=age]", "70");
  if ((await texts(tab, "[data-service] .card__name")).includes("Childline")) problems.push("Childline is for people of 70");
  await tab.fill("[data-by=age]", "12");
  if (!(await texts(tab, "[data-service] .card__name")).includes("Childline")) problems.push("Childline is not for a child of 12");
  await tab.locator("[data-filters] [type=submit]").click();
  problems.push(...is("after showing, the focus is on the count", await tab.evaluate(() => document.activeElement.hasAttribute("data-count")), true));
  problems.push(...is("requests", tab.requests, []), ...is("trace", await trace(tab), before));
  check("the directory filters and leaves no trace", [...problems, ...tab.trouble]);

  // Who reloads starts afresh.
  await tab.reload();
  await tab.waitForSelector("[data-filters]:not([hidden])");
  check("the directory forgets", is("after a reload", await services(), all));
  await tab.context().close();
}

// Open now, at times that matter: whether it is open, on the directory, on a service's page and in the filter.
for (const [time, name, wanted] of [
  [MORNING, "a weekday morning", { "24/7": "Open now.", "Mo-Fr 09:00-18:00; PH off": "Open now.", "Mo-Su 17:00-24:00": "Closed now." }],
  ["2026-11-24T03:00:00Z", "3 am", { "24/7": "Open now.", "Mo-Fr 09:00-18:00; PH off": "Closed now.", "Mo-Su 17:00-24:00": "Closed now." }],
  ["2026-12-25T11:00:00Z", "Christmas Day", { "24/7": "Open now.", "Mo-Fr 09:00-18:00; PH off": "Closed now." }],
  ["2027-07-05T16:30:00Z", "half past five in summer", { "Mo-Su 17:00-24:00": "Open now.", "Mo-Fr 09:00-18:00; PH off": "Open now." }],
  ["2028-03-07T11:00:00Z", "after the list of holidays", { "24/7": "Open now.", "Mo-Fr 09:00-18:00; PH off": "Check the hours." }],
]) {
  // The browser is elsewhere: the site's time zone counts.
  const tab = await tabAt(time, { timezoneId: "Pacific/Auckland" });
  await tab.goto(`${base}help/`);
  await tab.waitForSelector("main .now", { state: "attached" });
  const problems = [];
  for (const [hours, said] of Object.entries(wanted)) {
    const labels = await tab.locator(`main [data-opening-hours="${hours}"] .now`).allTextContents();
    if (labels.length === 0 || labels.some((label) => label !== said)) problems.push(`${hours}: ${labels.slice(0, 3)}, not ${said}`);
  }
  await tab.evaluate(() => (document.querySelector("details").open = true));
  await tab.check("[data-by=open]");
  const shown = await tab.locator("[data-service]:not([hidden])").evaluateAll((all) => all.map((one) => one.querySelector("[data-state=open],[data-state=check]") !== null));
  if (shown.length === 0 || shown.includes(false)) problems.push("the filter shows what is closed");
  check(`open now: ${name}`, [...problems, ...tab.trouble]);
  if (time === MORNING) check("open now is accessible", await violations(tab));
  await tab.goto(`${base}help/mind-support-line/`);
  if (wanted["Mo-Fr 09:00-18:00; PH off"]) {
    check(`open now on the page of a service: ${name}`, has("the page", (await tab.locator("main .now").allTextContents()).join(), wanted["Mo-Fr 09:00-18:00; PH off"]));
  }
  await tab.context().close();
}

// Postcodes.
{
  const tab = await tabAt();
  await tab.goto(`${base}areas/`);
  await tab.waitForSelector("[data-finder]:not([hidden])");
  const before = await trace(tab);
  tab.requests.length = 0;
  const problems = [];
  const look = async (text) => {
    await tab.fill("#postcode", text);
    await tab.click("[data-finder] [type=submit]");
    return texts(tab, "[data-found] a");
  };
  // What the table of the page says of a district.
  const inTable = (district) =>
    tab.locator(".postcodes tr").evaluateAll((rows, d) => rows.filter((r) => r.querySelector("th")?.textContent === d).flatMap((r) => [...r.querySelectorAll("a")].map((a) => `Help in ${a.textContent}`)), district);
  const e8 = await inTable("E8");
  const districts = await tab.locator(".postcodes tbody th").allTextContents();
  for (const typed of ["E8", "e8", " e8 ", "E8 3AB", "e83ab", "E8-3AB", "E8 3"]) problems.push(...is(typed, await look(typed), e8));
  for (const district of districts) problems.push(...is(district, await look(`${district} 1AA`), await inTable(district)));
  check("the finder: an area is accessible", await violations(tab));
  problems.push(...is("the focus is on what was found", await tab.evaluate(() => document.activeElement.id), "found"));
  const several = districts.length - new Set(districts).size;
  problems.push(...is("districts that are there twice", several, 0));
  for (const [typed, said] of [["", "Enter your postcode"], ["ZZ9", "We do not have an area for ZZ9"], ["<b>", "We do not have an area for B"], ["😀", "Enter your postcode"], ["x".repeat(10000), "We do not have an area for XXXXXXXX."]]) {
    problems.push(...is(`${typed.slice(0, 9)}: no area`, await look(typed), []));
    problems.push(...has(`${typed.slice(0, 9)}: why`, await tab.locator(".problem a").textContent(), said));
    problems.push(...is(`${typed.slice(0, 9)}: the focus`, await tab.evaluate(() => document.activeElement.className), "problem"));
  }
  if (!(await tab.title()).startsWith("Error: ")) problems.push("the title does not say that there is an error");
  check("the finder: an error is accessible", await violations(tab));
  await tab.click(".problem a");
  problems.push(...is("the link leads to the field", await tab.evaluate(() => document.activeElement.id), "postcode"));
  await look("N1 9AB");
  if ((await tab.title()).startsWith("Error: ")) problems.push("the error stays in the title");
  problems.push(...is("requests", tab.requests, []), ...is("trace", await trace(tab), before));
  check("the finder finds every district and leaves no trace", [...problems, ...tab.trouble]);
  await tab.context().close();
}

// Search, on its page and on the home page.
const index = JSON.parse(readFileSync(join(root, "search/index.json"), "utf8"));
{
  const weight = gzipSync(readFileSync(join(root, "search/index.json"))).length;
  check("the index is small", weight > 30 * 1024 ? [`${weight} bytes compressed`] : []);
}
const seek = async (tab, text) => {
  await tab.fill("#search", text);
  await tab.press("#search", "Enter");
  await tab.waitForFunction(() => !["", "Searching"].includes(document.querySelector("[data-status]").textContent.replace("Help now is above the results. ", "")));
  return texts(tab, "[data-results] a");
};
for (const page of ["search/", ""]) {
  const tab = await tabAt();
  await tab.goto(base + page);
  await tab.waitForSelector("[data-search]:not([hidden])");
  const problems = [];
  if (tab.requests.some((r) => r.includes("index.json"))) problems.push("the index is read before anybody searches");
  const before = await trace(tab);
  tab.requests.length = 0;
  for (const [typed, title] of [
    ["can't sleep", "Sleep"],
    ["cant sleep", "Sleep"],
    ["I can’t get to SLEEP at night", "Sleep"],
    ["sleeping", "Sleep"],
    ["slepe", "Sleep"],
    ["insomia", "Sleep"],
    ["anxeity", "Anxiety"],
    ["lonley", "Loneliness"],
    ["drinking too much", "Alcohol"],
    ["samaritens", "Samaritans"],
    ["hopelineuk", "PAPYRUS HOPELINE247"],
    ["E8", "Hackney"],
    ["anorexia", "Beat"],
    ["gambling", "Money worries"],
    ["skint", "Money worries"],
    ["booze", "Alcohol"],
    ["hate myself", "Low mood"],
  ]) {
    const found = await seek(tab, typed);
    if (!found.slice(0, 5).some((text) => text.includes(title))) problems.push(`${typed}: ${found.slice(0, 6).join(", ") || "nothing"}`);
    if ((await visible(tab, "[data-nothing]").count()) > 0) problems.push(`${typed}: what to do where nothing is found`);
  }
  // What somebody in distress types comes to the page about it before any other.
  for (const [typed, title] of [["cutting", "Self-harm"], ["cutting myself", "Self-harm"], ["kms", "Suicidal thoughts"], ["unalive", "Suicidal thoughts"]]) {
    problems.push(...has(typed, (await seek(tab, typed))[0] ?? "nothing", title));
  }
  // Where we have no page, that is said, with urgent help and the lists.
  problems.push(...is("veterans", await seek(tab, "veterans"), []));
  const instead = await visible(tab, "[data-nothing] a").evaluateAll((all) => all.map((a) => new URL(a.href).pathname));
  problems.push(...is("veterans: what to do", instead, ["/urgent/", "/topics/", "/journeys/", "/help/", "/areas/"]));
  check(`${page || "home"}: where nothing is found it is accessible`, await violations(tab));
  check(`${page || "home"}: results are accessible`, await violations(tab));
  problems.push(...has("the count", await tab.locator("[data-status]").textContent(), "result"));
  for (const typed of ["qqqqqqq", "😀😀", "<img src=x onerror=alert(1)>", "‮קלק", "w".repeat(10000), "a ".repeat(5000), "constructor", "__proto__"]) {
    const found = await seek(tab, typed);
    if (found.length > 0 && !typed.startsWith("<")) problems.push(`${typed.slice(0, 20)}: ${found.length} results`);
    if ((await tab.locator("main img").count()) > 0) problems.push("what was typed became part of the page");
  }
  problems.push(...is("requests", [...new Set(tab.requests)], ["search/index.json"]), ...is("the index is read once", tab.requests.length, 1));
  problems.push(...is("trace", await trace(tab), before));
  check(`${page || "home"}: search finds and leaves no trace`, [...problems, ...tab.trouble]);
  await tab.context().close();
}
// Every page is found by its title and every campaign by its phrases: the words of the index and of the script are the same.
{
  const tab = await tabAt();
  await tab.goto(`${base}search/`);
  await tab.waitForSelector("[data-search]:not([hidden])");
  const problems = [];
  for (const [, path, title] of index.pages) {
    await seek(tab, title);
    const found = await tab.locator("[data-results] a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    if (!found.slice(0, 3).includes(`../${path}`)) problems.push(`${title}: ${found.slice(0, 3).join(", ")}`);
  }
  for (const [words, href] of await tab.locator(".index a").evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute("href")]))) {
    await seek(tab, words);
    const found = await tab.locator("[data-results] a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    if (!found.slice(0, 5).includes(href)) problems.push(`${words}: ${found.slice(0, 5).join(", ")}`);
  }
  check("search finds every page by its name and every phrase", problems);
  await tab.context().close();
}

// Crisis phrases: urgent help above the results, index or not; and not for everything.
const urgent = (tab) => visible(tab, "[data-urgent]").count();
for (const isBlocked of [false, true]) {
  const tab = await tabAt();
  if (isBlocked) await tab.route("**/index.json", (route) => route.abort());
  await tab.goto(`${base}search/`);
  await tab.waitForSelector("[data-search]:not([hidden])");
  const problems = [];
  for (const phrase of (await tab.locator("[data-search]").getAttribute("data-crisis")).split("|")) {
    await tab.fill("#search", `x ${phrase.toUpperCase()}, y`);
    if ((await urgent(tab)) === 0) problems.push(`“${phrase}” while it is typed`);
  }
  for (const typed of ["sucidal", "suicidal thoughts", "i want to just die", "kill my self", "dont want to live", "I don’t want to be here", "selfharming", "cutting myself again", "took an overdose", "taken too many tablets", "tired of living"]) {
    await seek(tab, "sleep");
    if ((await urgent(tab)) > 0) problems.push("“sleep” is no crisis");
    await seek(tab, typed);
    if ((await urgent(tab)) === 0) problems.push(`“${typed}”`);
    problems.push(...is("the focus", await tab.evaluate(() => document.activeElement.id), "help-first"));
    problems.push(...has("the status", await tab.locator("[data-status]").textContent(), "Help now is above the results"));
  }
  const [help, results] = await tab.evaluate(() => [...document.querySelectorAll("[data-urgent], [data-results]")].map((one) => one.hasAttribute("data-urgent")));
  if (!help || results) problems.push("the help is not above the results");
  if ((await tab.locator("[data-urgent] a[href='tel:999']").count()) === 0) problems.push("there is no link that calls 999");
  if (isBlocked) problems.push(...has("the status", await tab.locator("[data-status]").textContent(), "does not work at the moment"));
  for (const typed of ["sleep", "worried about money", "loneliness", "grief", "talking therapies", "alcohol", "how to cut down drinking", "gambling", "anorexia"]) {
    await tab.fill("#search", typed);
    if ((await urgent(tab)) > 0) problems.push(`“${typed}” is no crisis`);
  }
  await tab.fill("#search", "suicide");
  await tab.press("#search", "Enter");
  check(`crisis phrases${isBlocked ? " without the index" : ""}: accessible`, await violations(tab));
  check(`crisis phrases${isBlocked ? " without the index" : ""}`, [...problems, ...tab.trouble.filter((t) => !isBlocked || !t.includes("ERR_FAILED"))]);
  await tab.context().close();
}

await end(browser, `${looks.axe} looks of axe-core`);
