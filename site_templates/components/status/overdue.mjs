// Says that a review is overdue when its printed date has passed. The site is built without a clock.

/** @param {Document} page @param {Date} now */
export function start(page = document, now = new Date()) {
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  for (const due of page.querySelectorAll("time[data-next-due]")) {
    const notice = due.closest(".status, [data-due]")?.querySelector("[data-overdue]");
    if (notice && due.dateTime < today) notice.hidden = false;
  }
}
