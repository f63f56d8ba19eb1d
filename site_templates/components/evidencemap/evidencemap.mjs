// Evidence map: choice of scale, group and region in the address, so that a view can be linked; arrow keys in the map.
// The scale itself is chosen by the style sheet and works without this.

const WIDE = "(min-width: 1161px)";
const NAMES = ["scale", "group", "region"];

/** The neighbour of a filled cell in a direction; gaps are passed over. @param {HTMLElement[][]} rows */
export function neighbour(rows, cell, key) {
  const y = rows.findIndex((row) => row.includes(cell));
  if (y < 0) return undefined;
  const x = rows[y].indexOf(cell);
  const filled = rows[y].map((item, place) => (item ? place : -1)).filter((place) => place >= 0);
  switch (key) {
    case "ArrowRight": return rows[y][filled.find((place) => place > x)];
    case "ArrowLeft": return rows[y][filled.findLast((place) => place < x)];
    case "Home": return rows[y][filled[0]];
    case "End": return rows[y][filled.at(-1)];
    case "ArrowDown": return rows.slice(y + 1).find((row) => row[x])?.[x];
    case "ArrowUp": return rows.slice(0, y).findLast((row) => row[x])?.[x];
    default: return undefined;
  }
}

function shownRows(table) {
  return [...table.querySelectorAll(".evtable__row")]
    .filter((row) => !row.hidden && !row.closest("[hidden]"))
    .map((row) => [...row.querySelectorAll(".evcell")].map((cell) => cell.querySelector("a")));
}

/** One tab stop for each matrix, arrow keys inside it, while it is laid out as a matrix. */
function keys(scope) {
  const wide = window.matchMedia(WIDE);
  const hint = scope.querySelector("[data-evmap-keys]");
  const tables = [...scope.querySelectorAll("[data-evmap-matrix]")];
  const arrange = () => {
    hint.hidden = !wide.matches;
    for (const table of tables) {
      const links = shownRows(table).flat().filter(Boolean);
      const current = links.find((link) => link.tabIndex === 0 && link.dataset.last) ?? links[0];
      for (const link of table.querySelectorAll(".evcell__link")) {
        if (wide.matches && link !== current) link.tabIndex = -1;
        else link.removeAttribute("tabindex");
      }
    }
  };
  for (const table of tables) {
    table.addEventListener("keydown", (event) => {
      const cell = event.target.closest?.(".evcell__link");
      if (!cell || !wide.matches || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const next = neighbour(shownRows(table), cell, event.key);
      if (!next) return;
      event.preventDefault();
      cell.tabIndex = -1;
      next.removeAttribute("tabindex");
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    });
    table.addEventListener("focusin", (event) => {
      const cell = event.target.closest?.(".evcell__link");
      if (!cell || !wide.matches) return;
      for (const link of table.querySelectorAll(".evcell__link:not([tabindex])")) if (link !== cell) link.tabIndex = -1;
      cell.removeAttribute("tabindex");
    });
  }
  wide.addEventListener("change", arrange);
  return arrange;
}

function startOne(scope) {
  const form = scope.querySelector("form");
  const field = (name) => form.elements.namedItem(name);
  const overview = scope.querySelector('[data-evmap-matrix="all"]');
  const regions = scope.querySelector("[data-evmap-regions]");
  const count = scope.querySelector("[data-evmap-count]");
  const clear = scope.querySelector("[data-evmap-clear]");
  const total = scope.querySelector("[data-evmap-total]");
  const arrange = keys(scope);

  function show() {
    const { group, region } = { group: field("group").value, region: field("region").value };
    overview.hidden = Boolean(region);
    total.hidden = Boolean(region || group);
    for (const item of regions.querySelectorAll("[data-evmap-region]")) {
      item.hidden = Boolean(region) && item.dataset.evmapRegion !== region;
      if (region && !item.hidden) item.open = true;
    }
    for (const part of scope.querySelectorAll("[data-group]")) part.hidden = Boolean(group) && part.dataset.group !== group;
    for (const link of scope.querySelectorAll("[data-picture]")) {
      if (group && link.dataset.picture === group) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const table = region ? scope.querySelector(`[data-evmap-matrix="${CSS.escape(region)}"]`) : overview;
    const rows = shownRows(table);
    const cells = rows.flat();
    const filled = cells.filter(Boolean).length;
    count.textContent = rows.length
      ? `${rows.length} techniques: ${filled} cells with a source, ${cells.length - filled} gaps`
      : "No technique of this group: no source that was read speaks of one here";
    clear.hidden = !(group || region);
    arrange();
  }

  function toAddress() {
    const query = new URLSearchParams();
    const first = scope.querySelector('[name="scale"]')?.value;
    for (const name of NAMES) {
      const chosen = field(name)?.value;
      if (chosen && !(name === "scale" && chosen === first)) query.set(name, chosen);
    }
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  }

  function fromAddress() {
    const given = new URLSearchParams(location.search);
    for (const name of NAMES) {
      const options = [...scope.querySelectorAll(`[name="${name}"][value], [name="${name}"] option`)];
      if (options.some((option) => option.value === given.get(name))) field(name).value = given.get(name);
    }
  }

  // The browser focuses no table row by itself; without this the next Tab would start at the map again.
  scope.addEventListener("click", (event) => {
    const hash = event.target.closest?.(".evcell__link")?.hash;
    if (!hash) return;
    const row = document.getElementById(decodeURIComponent(hash.slice(1)));
    setTimeout(() => row?.focus({ preventScroll: true }));
  });
  form.addEventListener("input", () => { show(); toAddress(); });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    field("group").value = "";
    field("region").value = "";
    show();
    toAddress();
    field("group").focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  scope.querySelector("[data-evmap-filter]").hidden = false;
  fromAddress();
  show();
}

/** @param {Document} page */
export function start(page = document) {
  for (const scope of page.querySelectorAll("[data-evmap]")) startOne(scope);
}
