// Two ways through a journey of a built site, for whoever drives one in a test: page by page, and in one page by its script.
//
// A case is {journey, name, answers, level, ends}: `answers` has for each question {one: N}, {any: [N], of: N} or {number: N}, answers
// by their place from 0; `level` is the colour of the ending's card, `ends` its title. Knows nothing of what a test looks at.

// What an ending says and where its links lead, without what is there to move on and what the time of day adds.
export const ending = (tab) =>
  tab.evaluate(() => {
    const main = document.getElementById("main").cloneNode(true);
    for (const part of main.querySelectorAll(".back, .again, .progress, button, .now, [data-areas], [hidden]")) part.remove();
    const links = [...main.querySelectorAll("a")].map((a) => new URL(a.getAttribute("href"), document.baseURI).href);
    return JSON.stringify([main.textContent.replace(/\s+/g, ""), links]);
  });

// The heading, without words that are for screen readers alone.
export const heading = (tab) =>
  tab.locator("main h1").evaluate((h) => {
    const words = h.cloneNode(true);
    words.querySelector(".vh")?.remove();
    return words.textContent.trim();
  });

// Which of the links of a screen without JavaScript is the answer; of a question with several, for one option after the other.
export function choose(links, answer, option = 0) {
  if (answer.one !== undefined) return answer.one;
  if (answer.any !== undefined) return answer.any.includes(option) ? 0 : 1;
  const ranges = links.map((words) => words.match(/-?\d+/g).map(Number));
  return ranges.findIndex(([from, to]) => from <= answer.number && answer.number <= (to ?? from));
}

// What a screen offers: read once in the browser, for it is the same file for everybody.
const known = new Map();
async function screenAt(tab, address) {
  if (!known.has(address)) {
    await tab.goto(address);
    const answers = await tab.evaluate(() => Array.from(document.querySelectorAll(".answers a"), (a) => [a.textContent, a.href]));
    const onward = await tab.evaluate(() => document.querySelector("main > p > a.start")?.href);
    const isEnding = answers.length === 0 && !onward;
    known.set(address, { answers, onward, ends: isEnding ? [await ending(tab), await heading(tab), address] : null });
  }
  return known.get(address);
}

// How many screens were opened without JavaScript.
export const opened = () => known.size;

// Page by page, without JavaScript: what the ending says, its heading and its address. Follows the links of the screens.
export async function byPages(tab, base, { journey, answers }) {
  let address = `${base}journeys/${journey}/`;
  const left = [...answers];
  let option = 0;
  for (let screens = 0; screens < 500; screens += 1) {
    const screen = await screenAt(tab, address);
    if (screen.ends) return screen.ends;
    if (screen.answers.length === 0) {
      address = screen.onward;
      continue;
    }
    const answer = left[0];
    if (answer === undefined) return ["the answers stop", ""];
    address = screen.answers[choose(screen.answers.map(([words]) => words), answer, option)][1];
    option += 1;
    if (answer.any === undefined || option === answer.of) {
      left.shift();
      option = 0;
    }
  }
  return ["no ending", ""];
}

// Opens a journey in one page, with JavaScript.
export async function begin(tab, base, { journey }) {
  await tab.goto(`${base}journeys/${journey}/`);
  await tab.waitForSelector("main [data-with-script]:not([hidden])");
  await tab.click("main a.start");
}

// Answers in one page, from the place where it stands, up to an ending or a screen with a heading that is not among `seen`.
//
// Gives {at, stops, states, problems}: how many answers are given; the heading at which it stops, or nothing at an ending; what
// could tell others what was answered; and what is wrong with the focus.
export const answerOn = (tab, answers, at, seen, isLooked) =>
  tab.evaluate(
    ({ answers, at, seen, isLooked }) => {
      const main = document.getElementById("main");
      const states = new Set();
      const problems = [];
      for (let screens = 0; screens < 500; screens += 1) {
        const title = main.querySelector("h1").textContent;
        if (!isLooked) {
          states.add([history.length, location.href, document.title, document.cookie, localStorage.length, sessionStorage.length].join(" "));
          const { tagName } = document.activeElement;
          if (tagName !== "H1") problems.push(`${title}: the focus is on ${tagName}`);
          if (!seen.includes(title)) return { at, stops: title, states: [...states], problems };
        }
        isLooked = false;
        const form = main.querySelector("form");
        if (!form) return { at, states: [...states], problems };
        const inputs = [...form.querySelectorAll("[name=answer]")];
        if (inputs.length > 0) {
          const answer = answers[at];
          at += 1;
          if (answer === undefined) return { at, states: [...states], problems: [...problems, "the answers stop"] };
          const none = form.querySelector("[data-none]");
          if (answer.number !== undefined) inputs[0].value = String(answer.number);
          else if (answer.one !== undefined) inputs[answer.one].click();
          else if (answer.any.length === 0 && none) none.checked || none.click();
          else for (const option of answer.any) inputs[option].checked || inputs[option].click();
        }
        form.querySelector("[type=submit]").click();
      }
      return { at, states: [...states], problems: [...problems, "no ending"] };
    },
    { answers, at, seen: [...seen], isLooked },
  );

// In one page, with JavaScript, with the pointer as a person has it. `look` is called at every screen.
export async function byPointer(tab, base, one, look = async () => {}) {
  await begin(tab, base, one);
  const left = [...one.answers];
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
