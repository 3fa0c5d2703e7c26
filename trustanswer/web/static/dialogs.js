// One dialog that asks, one line that tells.

const dialog = document.getElementById("ask");
const part = (name) => document.getElementById(`ask-${name}`);

// Resolves to {text, checked}, or to null where the user cancels.
export function ask({ title, text = "", label = "", check = "", confirm, required = false, people = false }) {
  part("title").textContent = title;
  part("text").textContent = text;
  part("text").hidden = !text;
  part("label").hidden = !label;
  part("label").firstElementChild.textContent = label;
  part("check").hidden = !check;
  part("check").lastElementChild.textContent = check;
  const input = part("input");
  const box = part("check").firstElementChild;
  input.value = "";
  if (people) input.setAttribute("list", "people");
  else input.removeAttribute("list");
  input.required = Boolean(label) && required;
  input.setCustomValidity("");
  box.checked = false;
  const yes = dialog.querySelector("button[value=yes]");
  yes.textContent = confirm;
  dialog.querySelector("button[value='']").formNoValidate = true;
  dialog.returnValue = "";
  dialog.showModal();
  (label ? input : check ? box : yes).focus();
  return new Promise((resolve) => {
    dialog.onclose = () =>
      resolve(dialog.returnValue === "yes" ? { text: input.value.trim(), checked: box.checked } : null);
  });
}

// Spaces are no name and no remark.
part("input").addEventListener("input", ({ target }) => {
  target.setCustomValidity(target.required && !target.value.trim() ? "Please fill out this field." : "");
});

// Enter says yes wherever it is pressed in the dialog, though "Cancel" comes first.
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  dialog.querySelector("form").requestSubmit(dialog.querySelector("button[value=yes]"));
});

const toast = document.getElementById("toast");
let clearing;

export function tell(text) {
  toast.textContent = text;
  clearTimeout(clearing);
  clearing = setTimeout(() => { toast.textContent = ""; }, 6000);
}
