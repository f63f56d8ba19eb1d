// Shows which referral criteria the reader's ticks meet, beside the source's own rule. It lists; it neither counts nor
// decides, and it stores and sends nothing.

/** Whether a node of a criterion's logic holds. @param {Element} node */
export function holds(node) {
  switch (node.dataset.form) {
    case "finding":
      return node.querySelector("input").checked;
    case "rating": {
      const value = node.querySelector("select").value;
      return value !== "" && Number(value) >= Number(node.dataset.atLeast);
    }
    case "all":
      return parts(node).every(holds);
    default:
      return parts(node).some(holds);
  }
}

function parts(node) {
  return [...node.children].filter((child) => child.dataset.form);
}

function touched(criterion) {
  return [...criterion.querySelectorAll("input, select")].some((field) => field.checked || (field.tagName === "SELECT" && field.value !== ""));
}

/** '1', '1 and 5', '1, 5 and 8' */
export function inWords(numbers) {
  if (numbers.length < 2) return numbers.join("");
  return `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

function startOne(list) {
  const part = (name) => list.querySelector(`[data-checklist-${name}]`);
  const criteria = [...list.querySelectorAll("[data-criterion]")];

  function show() {
    const met = [];
    const open = [];
    for (const criterion of criteria) {
      const full = holds(criterion.querySelector("[data-form]"));
      criterion.classList.toggle("criterion--met", full);
      if (full) met.push(criterion);
      else if (touched(criterion)) open.push(criterion.dataset.number);
    }
    part("none").hidden = met.length > 0;
    part("met").replaceChildren(
      ...met.map((criterion) => {
        const item = document.createElement("li");
        const number = document.createElement("b");
        number.textContent = criterion.dataset.number;
        const link = document.createElement("a");
        link.href = `#${criterion.id}`;
        link.textContent = criterion.dataset.title;
        item.append(number, link);
        return item;
      }),
    );
    part("open").hidden = open.length === 0;
    part("open").textContent = open.length ? `Begun, not all of its findings ticked: ${inWords(open)}.` : "";
    const numbers = met.map((criterion) => criterion.dataset.number);
    part("dock").hidden = numbers.length === 0;
    part("short").textContent = numbers.length ? `Your ticks meet: ${inWords(numbers)}` : "";
  }

  list.addEventListener("change", show);
  part("clear").addEventListener("click", () => {
    for (const field of list.querySelectorAll("input")) field.checked = false;
    for (const field of list.querySelectorAll("select")) field.value = "";
    show();
    list.querySelector("input, select").focus();
  });
  part("print").addEventListener("click", () => window.print());
  show();
}

/** @param {Document} page */
export function start(page = document) {
  for (const list of page.querySelectorAll("[data-checklist]")) startOne(list);
}
