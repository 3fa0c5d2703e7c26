// The review screen: keys and buttons become decisions, each on exactly what is shown.

import * as answer from "./answer.js";
import { Refused, file, fragment, post } from "./api.js";
import { ask, tell } from "./dialogs.js";
import * as queue from "./queue.js";
import * as together from "./together.js";

const screen = document.getElementById("review");
const pane = document.getElementById("detail");
const base = `/questionnaires/${screen.dataset.review}`;
const narrow = matchMedia("(max-width: 56rem)");

// --- moving ------------------------------------------------------------------------------------

async function choose(item, focus = "list") {
  if (!item) return;
  if (answer.unsaved() && !(await leave())) return;
  queue.mark(item);
  const row = queue.row(item);
  history.replaceState(null, "", `?row=${row}`);
  if (!(await safely(() => answer.load(row)))) return;
  screen.classList.add("open");
  if (narrow.matches) scrollTo(0, 0);
  if (focus === "pane" || narrow.matches) pane.focus();
  else item.firstElementChild.focus();
}

const leave = () => ask({ title: "Leave without saving?", text: "What you typed is not saved.", confirm: "Leave" });

const step = (by) => {
  const current = queue.current();
  return choose(current ? queue.away(current, by) : queue.shown()[0], fromPane() ? "pane" : "list");
};
const fromPane = () => pane.contains(document.activeElement);

function back() {
  screen.classList.remove("open");
  queue.current()?.firstElementChild.focus();
}

// --- deciding ----------------------------------------------------------------------------------

const seen = (items) => items.map((item) => ({ row: queue.row(item), seen: item.dataset.revision }));

// What is decided on is what the pane shows, not what the list says of it.
function shownNow() {
  const { row, revision } = answer.article().dataset;
  return [{ row: Number(row), seen: revision }];
}

async function decide(action, rows, more = {}) {
  return safely(async () => {
    const told = await post(`/api${base}/${action}`, { rows, ...more });
    await applied(told);
    return told;
  });
}

async function applied(told) {
  queue.update(told.answers);
  const progress = await fragment(`${base}/progress`);
  document.getElementById("progress").replaceChildren(progress);
}

async function approve(rows, said) {
  const done = await decide("approve", rows);
  if (!done) return;
  tell(said ?? "Approved.");
  await choose(queue.toDecide(), fromPane() ? "pane" : "list");
}

function approveAlike() {
  const alike = answer.article().dataset.alike;
  if (!alike) return;
  const items = alike.split(" ").map((row) => queue.item(Number(row)));
  approve([...shownNow(), ...seen(items)], `Approved ${items.length + 1} questions that are alike.`);
}

async function approveTogether() {
  const shown = new Set(queue.shown().map(queue.row));
  const rows = await safely(() => together.choose(`${base}/together`, shown));
  if (rows?.length) await approve(rows, `Approved ${rows.length} drafts.`);
}

async function asking(action, question, key, done) {
  const rows = shownNow();
  const said = await ask(question);
  if (!said) return;
  if (await decide(action, rows, { [key]: said.text })) {
    tell(done);
    await answer.load(rows[0].row);
  }
}

const reject = () => asking("reject", { title: "Reject this answer", label: "Why (only for your team)", confirm: "Reject" }, "why", "Rejected. It needs an answer now.");
const assign = () => asking("assign", { title: "Assign this question", label: "To whom", confirm: "Assign", required: true, people: true }, "to", "Assigned.");

async function comment() {
  const row = shownNow()[0].row;
  const said = await ask({
    title: "Comment", text: "Stays in the house: it never reaches the customer’s file.",
    label: "Comment", confirm: "Add", required: true,
  });
  if (!said) return;
  const told = await safely(() => post(`/api${base}/comment`, { rows: [row], text: said.text }));
  if (told) await answer.load(row);
}

const save = () => answer.save(async (told) => {
  await applied(told);
  await answer.load(told.answers[0].row);
  tell("Saved. It still has to be approved.");
  pane.focus();
});

async function cancel() {
  if (!answer.editing()) return;
  const { row } = answer.article().dataset;
  if (answer.unsaved() && !(await leave())) return;
  await answer.load(row);
  pane.focus();
}

// --- the file ----------------------------------------------------------------------------------

async function exportFile() {
  const open = queue.count("undecided");
  const drafts = queue.count("drafts");
  const said = await ask({
    title: "Export the customer’s file",
    text: open
      ? `${open} of ${queue.count("all")} questions are not approved. Without an answer, and left blank: ${open - drafts}. Drafts that wait for a decision: ${drafts}.`
      : "Every question is approved.",
    check: drafts ? `Write the ${drafts} drafts that nobody approved, too` : "",
    confirm: "Export",
  });
  if (!said) return;
  if (drafts && !said.checked) {
    return tell(`Not exported: decide on the ${drafts} drafts that wait, or tick that they are written, too.`);
  }
  const made = await safely(() => file(`/api${base}/export`, { allow_blank: true, allow_drafts: said.checked }));
  if (!made) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(made.blob);
  link.download = made.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  tell(`${made.name} is in your downloads.`);
}

// --- what goes wrong ---------------------------------------------------------------------------

async function safely(act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 401) tell("You are signed out. Sign in in another tab, then try again.");
    else if (error.status === 409 && error.body.changed) await overtaken(error.body);
    else tell(error.message);
    return null;
  }
}

// Shows what changed: at the answer itself where it is the one on screen, and in the list.
async function overtaken(told) {
  queue.update(told.changed);
  const shown = Number(answer.article()?.dataset.row);
  if (!told.changed.some((each) => each.row === shown)) return tell(told.detail);
  await answer.load(shown);
  answer.conflict({ ...told, changed: told.changed.filter((each) => each.row === shown) });
}

// --- keys and buttons --------------------------------------------------------------------------

const actions = {
  approve: () => approve(shownNow()), "approve-alike": approveAlike, edit: answer.edit,
  option: answer.editOption, reject, assign, comment, next: () => step(1), previous: () => step(-1), back,
};
const keys = {
  j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", a: "approve", g: "approve-alike",
  e: "edit", o: "option", r: "reject", s: "assign", c: "comment", Escape: "back",
};

// A key does what its button does, and nothing where this person has no such button.
function act(name) {
  const button = name === "option" ? "edit" : name;
  const free = name === "next" || name === "previous";
  if (free || pane.querySelector(`[data-do="${button}"]`)) actions[name]();
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (document.querySelector("dialog[open]")) return;
  if (answer.editing() && key === "Enter" && (event.ctrlKey || event.metaKey)) return save();
  if (answer.editing() && key === "Escape") {
    event.preventDefault(); // or the browser would close, with the same key, the dialog that asks
    return cancel();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea:not([readonly]), select")) return;
  if (target === pane && key.startsWith("Arrow")) return; // scrolls
  if (queue.filterBy(Number(key))) return;
  const other = { h: "bulk", x: "export", "?": "help" }[key];
  if (!keys[key] && !other) return;
  event.preventDefault();
  if (other) document.getElementById(other)?.click();
  else act(keys[key]);
});

pane.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.do) actions[button.dataset.do]();
  else if (button.classList.contains("swap")) answer.answerFrom(button.closest(".statement"));
  else if (button.id === "cancel") cancel();
});
pane.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
addEventListener("beforeunload", (event) => {
  if (answer.unsaved()) event.preventDefault();
});
document.getElementById("bulk")?.addEventListener("click", approveTogether);
document.getElementById("export")?.addEventListener("click", exportFile);
document.getElementById("help").addEventListener("click", () => document.getElementById("keys").showModal());

queue.start(choose);
queue.show();
queue.current()?.firstElementChild.scrollIntoView({ block: "nearest" });
if (!narrow.matches) queue.current()?.firstElementChild.focus();
