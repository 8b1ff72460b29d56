// Holds the script that says what is open now against what the program says: the same hours at the same instants.
//
//   node hours.mjs HOURS_JS CASES.json
//
// CASES.json is {zone, holidays, until, tables, instants}: `instants` is a list of [milliseconds, states], a letter for each table:
// o open, c closed, ? check the hours. Runs the very file that the site serves, with a page made of nothing but the hours.

import { readFileSync } from "node:fs";
import vm from "node:vm";

const [script, list] = process.argv.slice(2);
const { zone, holidays, until, tables, instants } = JSON.parse(readFileSync(list, "utf8"));
const code = new vm.Script(readFileSync(script, "utf8"));
const letters = { open: "o", closed: "c", check: "?" };

let passed = 0;
const failures = [];
let now = 0;
class Clock extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [now] : given));
  }
}
const node = () => ({ dataset: {}, querySelector: () => node(), insertBefore() {} });
for (const [at, states] of instants) {
  now = at;
  const hours = tables.map((table) => ({ ...node(), dataset: { table } }));
  const document = {
    currentScript: { dataset: { zone, holidays, until, open: "Open now.", closed: "Closed now.", check: "Check the hours." } },
    querySelectorAll: () => hours,
    getElementById: () => null,
    dispatchEvent() {},
  };
  code.runInNewContext({ document, Intl, Date: Clock, Event: class {}, setInterval() {} });
  const said = hours.map((one) => letters[one.dataset.state]).join("");
  if (said === states) passed += 1;
  else failures.push(`${new Date(at).toISOString()}: ${[...said].map((s, n) => (s === states[n] ? "" : `${tables[n]} is ${s}, not ${states[n]}; `)).join("")}`);
}
for (const failure of failures.slice(0, 20)) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
