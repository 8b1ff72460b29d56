// Searches the site. The index is read when somebody first types; what they look for stays in this page: no request, address,
// history entry or storage says it. The phrases that need help at once are in the page itself, so that they count whether or not
// the index can be read. Words are compared as src/site/search/words.rs does. Without this script there is a list from A to Z.
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const input = form.querySelector("input");
  const status = document.querySelector("[data-status]");
  const urgent = document.querySelector("[data-urgent]");
  const results = document.querySelector("[data-results]");
  const nothing = document.querySelector("[data-nothing]");
  const { data, root } = form.dataset;
  const MOST = 20;
  const LONGEST = 10000;
  const FORGOTTEN = 300000;

  const between =
    /[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u060c\u061b\u061f\u06d4\u0964\u0965\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f]|[\ud83c-\ud83e][\udc00-\udfff]/;
  const wordsOf = (text) =>
    text.toLowerCase().normalize("NFD").replace(/['`\u2018\u2019\u02bc\u0300-\u036f]/g, "").split(between).filter((word) => word !== "");

  const endings = form.dataset.endings.split(" ").sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const ignored = new Set(wordsOf(form.dataset.ignored));
  const isLong = (stem) => Array.from(stem).length >= 3;
  const stemOf = (word) => {
    const ending = endings.find((end) => end !== "" && word.endsWith(end) && isLong(word.slice(0, -end.length)));
    let stem = ending === undefined ? word : word.slice(0, -ending.length);
    if (form.dataset.letters.includes(stem.slice(-1)) && isLong(stem.slice(0, -1))) stem = stem.slice(0, -1);
    const [last, other] = Array.from(stem).reverse();
    const shorter = stem.slice(0, -last.length);
    return last === other && isLong(shorter) ? shorter : stem;
  };

  // Whether one letter more, less, other or exchanged makes one word of the other.
  const isSlip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    let [start, endA, endB] = [0, a.length, b.length];
    while (start < endA && start < endB && a[start] === b[start]) start += 1;
    while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
    const [x, y] = [a.slice(start, endA), b.slice(start, endB)];
    return (x.length <= 1 && y.length <= 1) || (x.length === 2 && x === y[1] + y[0]);
  };
  const isForgiven = (a, b) => a.length >= 5 && b.length >= 5 && isSlip(a, b);

  // Phrases that need help at once. Too often is safer than too seldom.
  const phrases = form.dataset.crisis.split("|").map(wordsOf).filter((words) => words.length > 0);
  const isPressing = (text) => {
    const said = wordsOf(text.slice(0, LONGEST));
    const stems = said.map(stemOf);
    const joined = said.join("");
    const follows = (words, at) => {
      let place = at;
      for (const word of words) {
        const fits = (n) => n < said.length && (said[n] === word || stems[n] === stemOf(word) || isForgiven(said[n], word));
        // "want to just die": one word between, in phrases that are long enough.
        if (!fits(place) && place > at && words.length > 2) place += 1;
        if (!fits(place)) return false;
        place += 1;
      }
      return true;
    };
    return phrases.some((words) => {
      const close = words.join("");
      return (close.length >= 8 && joined.includes(close)) || said.some((_, at) => follows(words, at));
    });
  };

  // The index, once somebody searches.
  let reading;
  const read = () => {
    if (!reading) {
      // A browser without `fetch` comes to the same words as one without a network.
      reading = Promise.resolve()
        .then(() => fetch(data, { credentials: "omit" }))
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then(({ pages, terms, hits, words }) => ({ pages, terms, words, hits: new Map(terms.map((term, n) => [term, hits[n]])) }));
      // The next search tries again.
      reading.catch(() => {
        reading = undefined;
      });
    }
    return reading;
  };

  const WEIGHTS = [1, 2, 3, 8];
  // For one word the pages that have it, and how well they fit.
  const fitting = (index, word) => {
    const found = new Map();
    const take = (term, factor) => {
      const steps = index.hits.get(term) || [];
      const rare = Math.log(1 + index.pages.length / (steps.length + 1));
      let place = 0;
      for (const step of steps) {
        place += step;
        const page = Math.floor(place / 4);
        found.set(page, Math.max(found.get(page) || 0, WEIGHTS[place % 4] * rare * factor));
      }
    };
    const stem = stemOf(word);
    take(stem, 1);
    // Longer and shorter words: `insom` finds insomnia, `smoker` finds what is about smoking.
    if (found.size === 0 && stem.length >= 4) for (const term of index.terms) if (term.startsWith(stem)) take(term, 0.5);
    if (found.size === 0) for (const term of index.terms) if (term.length >= 4 && stem.startsWith(term)) take(term, 0.4);
    if (found.size === 0) for (const other of index.words) if (isForgiven(word, other)) take(stemOf(other), 0.5);
    return found;
  };

  const search = (index, text) => {
    const all = Array.from(new Set(wordsOf(text.slice(0, LONGEST)))).slice(0, 12);
    const telling = all.filter((word) => !ignored.has(word));
    const scores = new Map();
    const wanted = telling.length > 0 ? telling : all;
    for (const word of wanted) {
      fitting(index, word).forEach((score, page) => {
        const known = scores.get(page) || [0, 0];
        scores.set(page, [known[0] + 1, known[1] + score]);
      });
    }
    const asked = all.join(" ");
    // A page with half of the words counts half.
    const weighed = Array.from(scores, ([page, [words, score]]) => {
      const isNamed = wordsOf(index.pages[page][2]).join(" ") === asked;
      return [page, (score * words) / wanted.length + (isNamed ? 10 : 0)];
    });
    const order = weighed.sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b);
    return order.slice(0, MOST).map(([page]) => index.pages[page]);
  };

  const add = (parent, name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    parent.appendChild(made);
    return made;
  };

  const kinds = form.dataset.kinds.split("|");
  const show = (pages) => {
    results.textContent = "";
    for (const [kind, path, title, summary, language] of pages) {
      const item = add(results, "li", "result", "");
      const link = add(add(item, "p", "result__title", ""), "a", "", title);
      link.href = root + path;
      if (language) link.lang = item.lang = language;
      add(item, "p", "result__kind", kinds[kind]);
      if (summary) add(item, "p", "", summary);
    }
    results.hidden = pages.length === 0;
    if (nothing) nothing.hidden = true;
  };

  const press = () => {
    const isNeeded = isPressing(input.value);
    urgent.hidden = !isNeeded;
    return isNeeded;
  };

  let last = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = form.dataset;
    const isUrgent = press();
    const text = input.value;
    show([]);
    const done = (said) => {
      status.textContent = isUrgent ? `${words.first} ${said}` : said;
    };
    if (isUrgent) urgent.querySelector("h2").focus();
    if (wordsOf(text).length === 0) return done(words.empty);
    done(words.busy);
    const turn = (last += 1);
    read().then(
      (index) => {
        if (turn !== last) return;
        const pages = search(index, text);
        show(pages);
        if (nothing) nothing.hidden = pages.length > 0;
        // On a telephone what is found lies below the end of the window.
        if (!isUrgent && status.getBoundingClientRect().top > window.innerHeight / 2) form.scrollIntoView();
        done((pages.length === 0 ? words.none : pages.length === 1 ? words.one : words.many).replace("{count}", pages.length));
      },
      () => turn === last && done(words.failed)
    );
  });
  input.addEventListener("input", () => {
    press();
    read().catch(() => {});
  });
  // Who comes back from a result finds the others; who comes later, perhaps somebody else, does not.
  let left = 0;
  window.addEventListener("pagehide", () => {
    left = Date.now();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || Date.now() - left < FORGOTTEN) return;
    input.value = status.textContent = "";
    show([]);
    urgent.hidden = true;
  });

  input.value = "";
  form.hidden = false;
  for (const part of document.querySelectorAll("[data-without-search]")) part.hidden = true;
})();
