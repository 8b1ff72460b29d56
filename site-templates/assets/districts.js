// Finds the area of a postcode in the table of the page. What is typed is never sent: no request, address, history entry or storage
// says it. Without this script people look it up in the table.
(() => {
  const form = document.querySelector("[data-finder]");
  if (!form) return;
  const input = form.querySelector("input");
  const problem = form.querySelector(".problem");
  const group = form.querySelector(".question__group");
  const found = document.querySelector("[data-found]");
  const heading = found.querySelector("h2");
  const links = found.querySelector("ul");
  const title = document.title;
  const fill = (text, district) => text.replace("{district}", district);

  // The areas of each district, as links.
  const districts = new Map();
  for (const row of document.querySelectorAll(".postcodes tbody tr")) {
    districts.set(row.querySelector("th").textContent.trim().toUpperCase(), Array.from(row.querySelectorAll("a")));
  }

  // The first part of what was typed: `e8 3ab`, `E83AB` and `E8` are all E8.
  const districtOf = (text) => {
    const plain = text.toUpperCase().replace(/[^A-Z0-9 ]/g, "").trim();
    const joined = plain.replace(/ /g, "");
    const whole = /^([A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}$/.exec(joined);
    if (whole) return whole[1];
    const first = plain.split(" ")[0];
    if (districts.has(first)) return first;
    return districts.has(joined) || first.length < 2 ? joined : first;
  };

  // The areas of a district, or of its parts where the list has those alone: EC1 is EC1V and others.
  const areasOf = (district) => {
    let keys = [district];
    if (!districts.has(district)) keys = Array.from(districts.keys()).filter((key) => key.slice(0, -1) === district && /[A-Z]$/.test(key));
    if (keys.length === 0 && /\d[A-Z]$/.test(district)) keys = [district.slice(0, -1)];
    const areas = new Map();
    for (const key of keys) for (const link of districts.get(key) || []) areas.set(link.href, link);
    return Array.from(areas.values());
  };

  const complain = (words) => {
    for (const part of form.querySelectorAll("[data-message]")) part.textContent = words;
    problem.hidden = false;
    form.querySelector("#postcode-error").hidden = false;
    group.classList.add("question__group--wrong");
    input.setAttribute("aria-invalid", "true");
    found.hidden = true;
    document.title = `${form.dataset.error}: ${title}`;
    problem.focus();
  };

  const settle = () => {
    problem.hidden = true;
    form.querySelector("#postcode-error").hidden = true;
    group.classList.remove("question__group--wrong");
    input.removeAttribute("aria-invalid");
    document.title = title;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const district = districtOf(input.value);
    if (district === "") return complain(form.dataset.empty);
    const areas = areasOf(district);
    if (areas.length === 0) return complain(fill(form.dataset.unknown, district.slice(0, 8)));
    settle();
    heading.textContent = fill(areas.length === 1 ? form.dataset.one : form.dataset.several, district).replace("{area}", areas[0].textContent);
    links.textContent = "";
    for (const area of areas) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = area.getAttribute("href");
      link.className = "go";
      link.textContent = form.dataset.go.replace("{area}", area.textContent);
      item.appendChild(link);
      links.appendChild(item);
    }
    found.hidden = false;
    heading.focus();
  });
  problem.querySelector("a").addEventListener("click", (event) => {
    // An address with a part would be an entry in the history.
    event.preventDefault();
    input.focus();
  });
  form.hidden = false;
})();
