// Starts every behaviour of a page. Each stands alone: one that fails takes no other with it, and
// without any of them the page is complete.
import * as card from "./card.mjs";
import * as checklist from "./checklist.mjs";
import "./compare.mjs";
import * as evidencemap from "./evidencemap.mjs";
import * as filter from "./filter.mjs";
import "./finder.mjs";
import * as fold from "./fold.mjs";
import * as offline from "./offline.mjs";
import * as overdue from "./overdue.mjs";
import * as search from "./search.mjs";
import * as sheet from "./sheet.mjs";

for (const part of [sheet, card, fold, search, overdue, filter, checklist, evidencemap, offline]) {
  try {
    part.start();
  } catch (error) {
    console.error(error);
  }
}
