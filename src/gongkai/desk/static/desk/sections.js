// On a narrow screen the sections are folded behind one button, so that the page begins with its heading.
// Without a script they stand whole above the page; on a wide screen the button is not shown.

const sections = document.querySelector(".sections");
const list = sections?.querySelector("ul");

if (list) {
  const button = document.createElement("button");
  const fold = (folded) => {
    button.setAttribute("aria-expanded", String(!folded));
    sections.classList.toggle("sections-folded", folded);
  };
  button.type = "button";
  button.className = "button button-plain sections-button";
  button.textContent = "栏目";
  button.setAttribute("aria-controls", list.id);
  const unread = list.querySelector(".todo-count");
  if (unread) button.append(unread.cloneNode(true));
  button.addEventListener("click", () => fold(button.getAttribute("aria-expanded") === "true"));
  sections.prepend(button);
  fold(true);
}
