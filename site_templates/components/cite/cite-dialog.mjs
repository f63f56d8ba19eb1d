// The dialog that copies or downloads a citation: of the page, or of one place on it. Its texts are those at the foot of
// the page, with the address of that place.
import { make } from "./make.mjs";
import { copy, open as openSheet } from "./sheet.mjs";

const TYPES = { bib: "application/x-bibtex", ris: "application/x-research-info-systems", json: "application/vnd.citationstyles.csl+json", txt: "text/plain" };

let styled;

/** Its style, once; without it the dialog is plain and works. */
function style() {
  styled ??= new Promise((resolve) => {
    const sheet = make("link", { rel: "stylesheet", href: new URL("../cite-dialog.css", import.meta.url).href });
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", resolve);
    document.head.append(sheet);
  });
  return styled;
}

/** The texts of a citation by the name of their format, with an address. */
function texts(citation, address) {
  return [...citation.querySelectorAll("[data-cite-text]")].map((element) => {
    const twin = element.cloneNode(true);
    twin.querySelector("[data-cite-address]").textContent = address;
    return { name: element.dataset.citeText, file: element.dataset.file, text: twin.textContent };
  });
}

function file({ file: name, text }) {
  const type = TYPES[name.split(".").pop()];
  return URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
}

/** @param {Element} citation @param {string} page address of the page @param {{id: string, text: string, kind: string}} [place] */
export async function open(citation, page, place) {
  await style();
  const found = texts(citation, place ? `${page}#${place.id}` : page);
  const shown = make("pre", { class: "citebox__text", tabindex: 0 });
  const said = make("span", { class: "citebox__said", role: "status" });
  const copying = make("button", { type: "button", class: "button button--main" }, "Copy");
  const loading = make("a", { class: "button", download: "" }, "Download");
  let chosen;

  function choose(item) {
    chosen = item;
    if (loading.href) URL.revokeObjectURL(loading.href);
    loading.href = file(item);
    loading.download = item.file;
    shown.textContent = item.text;
    shown.classList.toggle("citebox__text--words", item === found[0]);
    shown.setAttribute("aria-label", item.name);
    said.textContent = "";
  }

  copying.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(chosen.text);
      said.textContent = `${chosen.name} copied`;
    } catch {
      // From files, or refused: it is marked to copy by hand.
      getSelection().selectAllChildren(shown);
      said.textContent = "Marked: copy it with the keyboard or the menu";
    }
  });

  const choices = found.map((item, index) => {
    const radio = make("input", { type: "radio", name: "citebox-format", checked: index === 0, class: "vh" });
    radio.addEventListener("change", () => choose(item));
    return make("label", { class: "citebox__choice" }, radio, make("span", {}, item.name));
  });
  choose(found[0]);
  openSheet(`Cite this ${place?.kind ?? "page"}`, [
    make(
      "div",
      { class: "citebox" },
      place && make("p", { class: "citebox__of" }, place.text),
      make("fieldset", { class: "citebox__choices" }, make("legend", { class: "vh" }, "Format"), choices),
      shown,
      make("p", { class: "citebox__acts" }, copying, loading, said),
      copy(citation.querySelector("[data-cite-files]")),
    ),
  ]);
}
