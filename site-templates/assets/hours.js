// Says beside opening hours whether a service is open now, in the time zone of the site. Without this script the hours stand there
// in words. `data-table` has the minutes of each day, Monday first, and after a semicolon those of bank holidays where they differ.
// Whether a day is a bank holiday is known until the end of the site's list; after that, where it matters: check the hours.
(() => {
  const { zone, holidays, until, open, closed, check } = document.currentScript.dataset;
  const words = { open, closed, check };
  const listed = new Set(holidays.split(" "));
  let clock;
  try {
    clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour12: false, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
    clock.formatToParts(new Date());
  } catch (error) {
    // A browser that does not know the time zone.
    return;
  }

  // A day by its midnight: `holiday` has what may be true of it.
  const dayOf = (midnight) => {
    const date = new Date(midnight);
    const name = date.toISOString().slice(0, 10);
    return { name, weekday: (date.getUTCDay() + 6) % 7, holiday: name > until ? [true, false] : [listed.has(name)] };
  };

  const now = () => {
    const part = {};
    for (const { type, value } of clock.formatToParts(new Date())) part[type] = Number(value);
    const midnight = Date.UTC(part.year, part.month - 1, part.day);
    return { minute: (part.hour % 24) * 60 + part.minute, today: dayOf(midnight), yesterday: dayOf(midnight - 86400000) };
  };

  const spans = (text) => text.split(" ").filter((span) => span !== "").map((span) => span.split("-").map(Number));

  const stateOf = (table, at) => {
    if (table === "always") return "open";
    const [week, special] = table.split(";");
    const days = week.split(",");
    const isWithin = (day, isHoliday, minute) =>
      spans(isHoliday && special !== undefined ? special : days[day.weekday]).some(([from, to]) => from <= minute && minute < to);
    const answers = new Set();
    for (const today of at.today.holiday) {
      // What opened yesterday may close today.
      for (const yesterday of at.yesterday.holiday) {
        answers.add(isWithin(at.today, today, at.minute) || isWithin(at.yesterday, yesterday, at.minute + 1440));
      }
    }
    if (answers.size > 1) return "check";
    return answers.has(true) ? "open" : "closed";
  };

  const mark = () => {
    const at = now();
    let isNew = false;
    for (const hours of document.querySelectorAll("[data-table]")) {
      const { table, from, until: last, state } = hours.dataset;
      const isOver = (from && at.today.name < from) || (last && at.today.name > last);
      const said = isOver ? "closed" : stateOf(table, at);
      if (said === state) continue;
      hours.dataset.state = said;
      let label = hours.querySelector(".now");
      if (!label) {
        label = document.createElement("strong");
        label.className = "now";
        hours.insertBefore(document.createTextNode(" "), hours.firstChild);
        hours.insertBefore(label, hours.firstChild);
      }
      label.textContent = words[said];
      isNew = true;
    }
    if (isNew) document.dispatchEvent(new Event("hours"));
  };

  mark();
  setInterval(mark, 20000);
  // The endings of a journey come later.
  const main = document.getElementById("main");
  if (main) new MutationObserver(mark).observe(main, { childList: true, subtree: true });
})();
