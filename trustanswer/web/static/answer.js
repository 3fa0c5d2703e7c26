// The pane with one answer: shown, edited, and kept safe while somebody else decides.

import { Refused, fragment, post } from "./api.js";
import { tell } from "./dialogs.js";

const pane = document.getElementById("detail");
const screen = document.getElementById("review");
const base = `/questionnaires/${screen.dataset.review}`;
let latest = 0;

export const article = () => pane.querySelector("article[data-row]");
export const form = () => pane.querySelector("#edit");
export const editing = () => Boolean(form() && !form().querySelector(".editing").hidden);
const fields = () => [...form().querySelectorAll("select, textarea")];

export async function load(row) {
  const mine = ++latest;
  const content = await fragment(`${base}/answers/${row}`);
  if (mine !== latest) return false; // another question was chosen meanwhile
  pane.replaceChildren(content);
  pane.scrollTop = 0;
  return true;
}

const typed = () => JSON.stringify(fields().map((field) => field.value));
let untouched = "";
export const unsaved = () => editing() && typed() !== untouched;

export function edit() {
  if (!form() || editing()) return;
  for (const field of fields()) {
    field.disabled = false;
    field.readOnly = false;
  }
  untouched = typed();
  form().querySelector(".editing").hidden = false;
  (fields().find((field) => field.name !== "option") ?? fields()[0]).focus();
}

export function editOption() {
  edit();
  form().elements.option?.focus();
}

// A statement's words in place of the draft's, to be cut to what answers the question.
export function answerFrom(statement) {
  edit();
  const words = statement.querySelector("blockquote").textContent.trim();
  const field = form().elements.comment ?? form().elements.text;
  field.value = field.name === "comment" ? `${words} ${statement.dataset.source}` : words;
  (form().elements.option ?? field).focus();
}

export async function save(saved) {
  const { elements } = form();
  const shown = article().dataset;
  const value = (name) => elements[name]?.value ?? null;
  const body = {
    row: Number(shown.row), seen: shown.revision,
    option: value("option"), answer: value("text"), comment: value("comment"),
  };
  try {
    const told = await post(`/api${base}/edit`, body);
    await saved(told);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 409 && error.body.changed) conflict(error.body);
    else if (error.status === 401) tell("You are signed out. Sign in in another tab, then save again.");
    else tell(error.message);
  }
}

// Somebody else decided first. What was typed stays in the form; theirs stands above it.
export function conflict(told) {
  const [theirs] = told.changed;
  const place = pane.querySelector("#conflict");
  const notice = document.createElement("div");
  notice.className = "notice warn";
  notice.setAttribute("role", "alert");
  notice.tabIndex = -1;
  const list = document.createElement("dl");
  list.className = "compare";
  for (const [name, text] of [["Now", theirs.state], ["Answer", theirs.report.answer], ["Comment", theirs.report.comment]]) {
    if (!text) continue;
    list.append(element("dt", name), element("dd", text));
  }
  const kept = editing() ? " What you typed is still below; saving puts it over theirs." : "";
  notice.append(element("p", `${told.detail}.${kept}`), list);
  const look = element("button", "Show theirs");
  look.type = "button";
  look.addEventListener("click", () => load(theirs.row));
  notice.append(look);
  place.replaceChildren(notice);
  notice.focus();
  if (editing()) article().dataset.revision = theirs.revision; // what is saved next has seen theirs
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
