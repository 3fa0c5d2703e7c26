// Finds among the statements of this page.

const find = document.getElementById("find");
const found = document.getElementById("found");
const statements = [...document.querySelectorAll(".category .statement")].map((element) => ({
  element,
  text: `${element.parentElement.querySelector("h2").textContent} ${element.textContent}`.toLowerCase(),
}));

find.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { element, text } of statements) {
    element.hidden = !words.every((word) => text.includes(word));
  }
  for (const category of document.querySelectorAll(".category")) {
    category.hidden = !category.querySelector(".statement:not([hidden])");
  }
  const left = statements.filter(({ element }) => !element.hidden).length;
  found.textContent = words.length ? `${left} found` : "";
});
