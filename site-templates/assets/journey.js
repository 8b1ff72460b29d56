// Walks a journey in one page. Everything is read before the first answer; answers are kept in memory only: no request,
// address, history entry or storage says what was answered. Without this script, or in a browser that is too old for it, the start
// link leads to pages. Browsers of 2016 can read it: a test holds it to their language.
(() => {
  const start = document.querySelector("[data-start]");
  const main = document.getElementById("main");
  if (!start || !main || !window.fetch) return;
  const FORGOTTEN = 300000;
  const title = document.title;
  // The screens that lead here, and what was answered to each question.
  let way = [];
  let answers = new Map();
  let table, outline;

  const find = (what) => main.querySelector(what);
  const inputs = () => Array.from(main.querySelectorAll("[name=answer]"));

  const fill = (parent, children) => {
    for (const child of children) parent.appendChild(child);
  };

  const show = (at) => {
    const [number, progress] = table.screens[at];
    const view = table.views[number];
    main.innerHTML = view.kind === "ending" ? table.outcomes[view.outcome] : view.html;
    document.title = title;
    if (view.kind === "ending") settle(view);
    else find("[data-progress]").textContent = table.progress[progress];
    const given = answers.get(number);
    for (const input of inputs()) {
      if (view.kind === "number") input.value = given === undefined ? "" : given;
      else input.checked = given !== undefined && given.includes(input.value);
    }
    find("h1").focus({ preventScroll: true });
    main.scrollIntoView({ behavior: "instant" });
  };

  // What differs from person to person at an ending: the scores, and which help comes first.
  const settle = (view) => {
    const report = find("[data-report]");
    if (report && view.report) {
      report.lastElementChild.innerHTML = view.report;
      report.hidden = false;
    }
    const place = (item) => {
      const at = view.first.indexOf(item.dataset.for);
      return at < 0 ? view.first.length : at;
    };
    for (const list of main.querySelectorAll("[data-ordered]")) {
      // Old browsers do not keep equals in their order.
      const items = Array.from(list.children, (item, n) => [place(item), n, item]);
      fill(list, items.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , item]) => item));
    }
    choices();
  };

  // The services of an area, where one is chosen; else those that stand in for them.
  const choices = () => {
    const select = find("[data-areas] select");
    const { areas, cards } = table.local;
    if (!select || areas.length === 0) return;
    areas.forEach((area, number) => select.add(new Option(area.title, number)));
    select.closest("[data-areas]").hidden = false;
    const parts = Array.from(main.querySelectorAll("[data-role]"), (part) => [part, part.innerHTML]);
    select.addEventListener("change", () => {
      for (const [part, unknown] of parts) {
        part.innerHTML = unknown;
        if (select.value === "") continue;
        const card = areas[select.value].services[part.dataset.role];
        part.querySelector("[data-unknown]").hidden = true;
        if (card === undefined) part.querySelector("[data-covered]").hidden = false;
        else part.querySelector(".card").outerHTML = cards[card];
      }
    });
  };

  // The screen after this one, or nothing where the answer does not do.
  const next = (at) => {
    const [number, , ...after] = table.screens[at];
    const { kind } = table.views[number];
    if (kind === "text") return after[0];
    if (kind === "number") {
      const text = inputs()[0].value.trim();
      const { min, max } = find("form").dataset;
      const value = Number(text);
      if (!/^[-+]?\d+$/.test(text) || value < min || value > max) return undefined;
      answers.set(number, text);
      return after.filter(([from]) => from <= value).pop()[1];
    }
    const chosen = inputs().filter((input) => input.checked);
    const hasNone = inputs().some((input) => "none" in input.dataset);
    if (chosen.length === 0 && (kind === "one" || hasNone)) return undefined;
    answers.set(number, chosen.map((input) => input.value));
    if (kind === "one") return after[chosen[0].value];
    // A question with several answers is a screen for each option in the table: no, then yes.
    for (const option of inputs().filter((input) => !("none" in input.dataset))) {
      at = table.screens[at][option.checked ? 3 : 2];
    }
    return at;
  };

  const problem = () => {
    const form = find("form");
    find("#message").hidden = false;
    const summary = find(".problem");
    summary.hidden = false;
    find(".question__group").classList.add("question__group--wrong");
    for (const input of inputs()) {
      if (input.type === "text") input.setAttribute("aria-invalid", "true");
    }
    document.title = `${form.dataset.error}: ${title}`;
    summary.focus({ preventScroll: true });
    main.scrollIntoView({ behavior: "instant" });
  };

  const restart = () => {
    way = [];
    answers = new Map();
    document.title = title;
    main.innerHTML = "";
    fill(main, outline);
    const heading = find("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    main.scrollIntoView({ behavior: "instant" });
  };

  const begin = (read) => {
    table = read;
    for (const part of main.querySelectorAll("[data-with-script]")) part.hidden = false;
    for (const part of main.querySelectorAll("[data-without-script]")) part.hidden = true;
    outline = Array.from(main.childNodes);

    start.addEventListener("click", (event) => {
      event.preventDefault();
      way = [0];
      show(0);
    });
    main.addEventListener("submit", (event) => {
      event.preventDefault();
      const after = next(way[way.length - 1]);
      if (after === undefined) return problem();
      way.push(after);
      show(after);
    });
    main.addEventListener("click", (event) => {
      const on = (what) => event.target.closest(what);
      if (on("[data-restart]")) restart();
      else if (on("[data-print]")) print();
      else if (on("[data-back]")) {
        way.pop();
        if (way.length > 0) show(way[way.length - 1]);
        else restart();
      } else if (on(".problem a")) {
        // An address with a part would be an entry in the history.
        event.preventDefault();
        inputs()[0].focus();
      }
    });
    main.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox" || !target.checked) return;
      for (const other of inputs()) {
        if (("none" in target.dataset) !== ("none" in other.dataset)) other.checked = false;
      }
    });
    // Whoever leaves in a hurry leaves nothing for the next person who goes back.
    const exit = document.querySelector(".exit__link");
    if (exit) exit.addEventListener("click", restart);
    // Who comes back soon goes on; who comes later, perhaps somebody else, finds the beginning.
    let left = 0;
    window.addEventListener("pagehide", () => {
      left = Date.now();
    });
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted && way.length > 0 && Date.now() - left >= FORGOTTEN) restart();
    });
  };

  fetch(start.dataset.start, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(begin)
    .catch(() => {});
})();
