// Sends the customer's file, says that it works while the answers are drafted, opens the review.

import { Refused, send } from "./api.js";

const form = document.getElementById("upload");
const said = form?.querySelector(".said");
const button = form?.querySelector("button");

// What is unsure about the file is read before its drafts are.
function doubt(review, doubts) {
  say(`Drafted. Look at this first: ${doubts.join(". ")}. `, true);
  const link = document.createElement("a");
  link.href = `/questionnaires/${review}`;
  link.textContent = "Open the drafts";
  said.append(link);
  link.focus();
}

function say(text, busy) {
  said.textContent = text;
  said.hidden = !text;
  button.disabled = busy;
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("Reading the file and drafting. A large questionnaire takes a minute or two.", true);
  try {
    const made = await send("/api/questionnaires", new FormData(form));
    if (made.doubts.length) doubt(made.id, made.doubts);
    else location.assign(`/questionnaires/${made.id}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, false);
  }
});
