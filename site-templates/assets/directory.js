// Narrows the directory to what somebody needs. What is chosen stays in this page: no request, address, history entry or storage
// says it. Help on top of the list is never hidden. Without this script the list is there whole.
(() => {
  const form = document.querySelector("[data-filters]");
  if (!form) return;
  const find = (what) => form.querySelector(what);
  const services = Array.from(document.querySelectorAll("[data-service]"));
  const groups = Array.from(document.querySelectorAll("[data-group]"));
  const count = document.querySelector("[data-count]");
  const nothing = document.querySelector("[data-nothing]");
  const wrong = find("[data-wrong]");
  const FORGOTTEN = 300000;
  const list = (text) => (text || "").split(" ").filter((part) => part !== "");

  // What is chosen, as tests that a service has to pass.
  const chosen = () => {
    const tests = [];
    const value = (name) => (find(`[data-by=${name}]`) || { value: "" }).value.trim();
    const isOn = (name) => (find(`[data-by=${name}]`) || { checked: false }).checked;
    const topic = value("topic");
    if (topic) tests.push((service) => list(service.dataset.topics).includes(topic));
    const area = value("area");
    // A service without areas is for people everywhere.
    if (area) tests.push((service) => !service.dataset.areas || list(service.dataset.areas).includes(area));
    const age = value("age");
    const isAge = /^\d{1,3}$/.test(age);
    if (isAge) tests.push(({ dataset }) => Number(age) >= Number(dataset.min || 0) && Number(age) <= Number(dataset.max || 999));
    if (wrong) {
      wrong.hidden = age === "" || isAge;
      find("[data-by=age]").setAttribute("aria-invalid", String(!wrong.hidden));
    }
    const ways = Array.from(form.querySelectorAll("[data-by=way]:checked"), (box) => box.value);
    if (ways.length > 0) tests.push((service) => list(service.dataset.ways).some((way) => ways.includes(way)));
    if (isOn("free")) tests.push((service) => service.dataset.free !== undefined);
    // Where the hours may differ today, the service stays and its hours say so.
    if (isOn("open")) tests.push((service) => service.querySelector("[data-state=open],[data-state=check]") !== null);
    return tests;
  };

  const say = (text) => {
    if (count.textContent !== text) count.textContent = text;
  };

  const narrow = () => {
    const tests = chosen();
    let shown = 0;
    for (const service of services) {
      service.hidden = !tests.every((test) => test(service));
      if (!service.hidden) shown += 1;
    }
    for (const group of groups) {
      group.hidden = group.querySelector("[data-service]:not([hidden])") === null;
      const jump = document.querySelector(`.jump a[href="#${group.dataset.group}"]`);
      if (jump) jump.parentNode.hidden = group.hidden;
    }
    nothing.hidden = shown > 0;
    const words = form.dataset;
    if (tests.length === 0) say(words.all);
    else say((shown === 0 ? words.none : shown === 1 ? words.one : words.many).replace("{count}", shown));
  };

  const look = () => {
    count.focus({ preventScroll: true });
    count.scrollIntoView();
  };
  const reset = () => {
    form.reset();
    narrow();
    look();
  };

  form.addEventListener("input", narrow);
  form.addEventListener("change", narrow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow();
    const age = find("[data-by=age]");
    if (wrong && !wrong.hidden) age.focus();
    else look();
  });
  for (const button of document.querySelectorAll("[data-reset]")) button.addEventListener("click", reset);
  document.addEventListener("hours", narrow);
  // Who comes back from a service finds what was chosen; who comes later, perhaps somebody else, does not.
  let left = 0;
  window.addEventListener("pagehide", () => {
    left = Date.now();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || Date.now() - left < FORGOTTEN) return;
    form.reset();
    narrow();
  });

  form.reset();
  form.hidden = false;
  count.hidden = false;
  const box = find("details");
  if (box && window.matchMedia("(min-width: 48em)").matches) box.open = true;
  narrow();
})();
