// The list of questions: what is shown, what is chosen, what state each is in.

const list = document.getElementById("questions");
const section = document.getElementById("section");
const filters = document.getElementById("filters");
const me = document.getElementById("review").dataset.me;
const items = [...list.children];
const byRow = new Map(items.map((item) => [Number(item.dataset.row), item]));

const belongs = {
  all: () => true,
  person: (item) => item.dataset.band === "person",
  review: (item) => item.dataset.band === "review",
  high: (item) => item.dataset.band === "high",
  mine: (item) => item.dataset.assignee === me,
  undecided: (item) => item.dataset.band !== "done",
  drafts: (item) => item.dataset.band !== "done" && "words" in item.dataset && item.dataset.state !== "rejected",
};
let filter = "all";

export const item = (row) => byRow.get(row);
export const row = (element) => Number(element.dataset.row);
export const current = () => list.querySelector("[aria-current]")?.parentElement ?? null;
export const shown = () => items.filter((each) => !each.hidden);

export function mark(chosen) {
  const before = current();
  if (before) {
    before.firstElementChild.removeAttribute("aria-current");
    before.firstElementChild.tabIndex = -1;
  }
  chosen.firstElementChild.setAttribute("aria-current", "true");
  chosen.firstElementChild.tabIndex = 0;
  chosen.scrollIntoView({ block: "nearest" });
}

// The item `step` places away among those shown; null at the ends.
export function away(from, step) {
  const at = items.indexOf(from);
  const way = step > 0 ? items.slice(at + 1) : items.slice(0, at).reverse();
  return way.find((each) => !each.hidden) ?? null;
}

// The current one while it is open, else the next that a person still has to decide on.
export function toDecide() {
  const at = items.indexOf(current());
  const ahead = [...items.slice(at), ...items.slice(0, at)].filter((each) => !each.hidden);
  return ahead.find(belongs.undecided) ?? away(items[at], 1) ?? items[at];
}

// Puts what the server says of rows into the list. Nothing moves: the place under the eyes stays.
export function update(rows) {
  for (const each of rows) {
    const found = byRow.get(each.row);
    if (!found) continue;
    Object.assign(found.dataset, {
      state: each.state, band: each.band, assignee: each.assignee ?? "", revision: each.revision,
    });
    if (each.report.answer || each.report.comment) found.dataset.words = "";
    else delete found.dataset.words;
    const state = found.querySelector(".state");
    state.dataset.state = each.state;
    state.querySelector(".word").textContent = each.state[0].toUpperCase() + each.state.slice(1);
    state.querySelector("use").setAttribute("href", `/static/icons.svg#${each.state.replaceAll(" ", "-")}`);
    found.querySelector(".summary").textContent = each.summary;
  }
  badges();
}

export const count = (name) => items.filter(belongs[name]).length;

function badges() {
  for (const badge of document.querySelectorAll("[data-count]")) {
    badge.textContent = count(badge.dataset.count);
  }
}

export function show() {
  for (const each of items) {
    const inSection = !section.value || each.dataset.section === section.value;
    each.hidden = !(inSection && belongs[filter](each));
  }
  document.getElementById("nothing").hidden = items.some((each) => !each.hidden);
}

function use(button) {
  filter = button.dataset.filter;
  for (const each of filters.children) each.setAttribute("aria-pressed", String(each === button));
  show();
}

// The filter that stands at this place, from 1; says whether there is one.
export function filterBy(place) {
  const button = filters.children[place - 1];
  if (button) use(button);
  return Boolean(button);
}

export function start(choose) {
  badges();
  filters.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (button) use(button);
  });
  section.addEventListener("change", show);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link.parentElement);
  });
  const first = current() ?? items[0];
  if (first) first.firstElementChild.tabIndex = 0;
}
