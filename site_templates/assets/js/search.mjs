// Buttons that open the search of the theme.

/** @param {Document} page */
export function start(page = document) {
  const toggle = page.getElementById("__search");
  const field = page.querySelector('[data-md-component="search-query"]');
  for (const button of page.querySelectorAll("[data-open-search]")) {
    button.addEventListener("click", () => {
      if (toggle && !toggle.checked) toggle.click();
      field?.focus();
    });
  }
}
