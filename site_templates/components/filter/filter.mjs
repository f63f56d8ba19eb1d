// Filters and sorts the technique table. Choices other than the typed word stand in the address, so that a view can be
// linked; the word is typed by the reader and stays in the page.

const { compare: byName } = new Intl.Collator("en");
const CHOICES = ["group", "region", "mechanism", "setting"];

/** Rows that hold every choice and every typed word. @param {DOMStringMap} row */
export function matches(row, wanted) {
  for (const name of CHOICES) {
    if (wanted[name] && !(row[name] ?? "").split(" ").includes(wanted[name])) return false;
  }
  return (wanted.text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .every((word) => (row.text ?? "").includes(word));
}

/** Unknown values (-1) stay last in both directions. */
export function compare(a, b, key, down) {
  if (key === "name") return (down ? -1 : 1) * byName(a.name, b.name);
  const [x, y] = [Number(a[key]), Number(b[key])];
  if (x < 0 || y < 0) return x < 0 && y < 0 ? byName(a.name, b.name) : y - x;
  return (down ? y - x : x - y) || byName(a.name, b.name);
}

function startOne(scope) {
  const form = scope.querySelector("[data-filter]");
  const table = scope.querySelector("[data-filter-table]");
  const count = scope.querySelector("[data-filter-count]");
  const clear = scope.querySelector("[data-filter-clear]");
  const nothing = scope.querySelector("[data-filter-nothing]");
  const note = scope.querySelector("[data-filter-note]");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const field = (name) => form.elements.namedItem(name);

  function filter() {
    const wanted = Object.fromEntries([...CHOICES, "text"].map((name) => [name, field(name)?.value ?? ""]));
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(row.dataset, wanted);
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} techniques`;
    clear.hidden = !Object.values(wanted).some(Boolean);
    nothing.hidden = shown > 0;
    table.hidden = shown === 0;
    const chosen = new URLSearchParams();
    for (const name of CHOICES) if (wanted[name]) chosen.set(name, wanted[name]);
    const query = chosen.toString();
    history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  }

  function sort(key, down) {
    const order = [...rows].sort((a, b) => compare(a.dataset, b.dataset, key, down));
    const now = [...body.rows];
    if (order.some((row, index) => row !== now[index])) body.append(...order); // moved rows are laid out anew
    for (const head of table.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    note.hidden = key !== "evidence";
    field("sort").value = key;
  }

  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const key = head.dataset.sort;
      const first = key === "evidence" ? "descending" : "ascending";
      const now = head.getAttribute("aria-sort");
      sort(key, now ? now === "ascending" : first === "descending");
    });
  }

  const given = new URLSearchParams(location.search);
  for (const name of CHOICES) {
    const choice = field(name);
    if (choice && [...choice.options].some((option) => option.value === given.get(name))) choice.value = given.get(name);
  }
  form.addEventListener("input", (event) => {
    if (event.target === field("sort")) sort(event.target.value, event.target.value === "evidence");
    else filter();
  });
  form.addEventListener("reset", () =>
    setTimeout(() => {
      // The button that clears is about to go, and the focus must not go with it.
      if (document.activeElement === clear) field("text").focus();
      filter();
      sort("name", false);
    }),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  sort("name", false);
  filter();
}

/** @param {Document} page */
export function start(page = document) {
  for (const scope of page.querySelectorAll("[data-filter-scope]")) startOne(scope);
}
