// Reading several plain drafts with their quotes on one sheet, and approving those that are ticked.

import { fragment } from "./api.js";

const dialog = document.getElementById("together");
const place = document.getElementById("together-drafts");
const also = document.getElementById("together-also");
const yes = dialog?.querySelector("button[value=yes]");
const ticked = () => [...place.querySelectorAll("li")].filter((each) => box(each).checked);
const box = (each) => each.querySelector("input");

// Resolves to the [{row, seen}] to approve, exactly as they were shown; empty: none.
export async function choose(path, shown) {
  place.replaceChildren(await fragment(path));
  const drafts = [...place.querySelectorAll("li")];
  for (const each of drafts) {
    if (!shown.has(Number(each.dataset.row))) each.remove();
    else box(each).checked = each.dataset.band === "high";
  }
  const less = place.querySelectorAll('[data-band="review"]').length;
  also.parentElement.hidden = !less;
  also.parentElement.querySelector(".number").textContent = less;
  also.checked = false;
  tell();
  dialog.returnValue = "";
  dialog.showModal();
  (less ? also : yes).focus();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes" ? ticked().map(seen) : []);
  });
}

const seen = (each) => ({ row: Number(each.dataset.row), seen: each.dataset.revision });

function tell() {
  const count = ticked().length;
  yes.textContent = count ? `Approve ${count}` : "Nothing is ticked";
  yes.disabled = !count;
}

dialog?.addEventListener("change", (event) => {
  if (event.target === also) {
    for (const each of place.querySelectorAll('[data-band="review"]')) box(each).checked = also.checked;
  }
  tell();
});

dialog?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || yes.disabled) return;
  event.preventDefault();
  dialog.querySelector("form").requestSubmit(yes);
});
