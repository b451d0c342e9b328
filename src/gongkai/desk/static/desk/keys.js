// Keyboard shortcuts of the desk: "/" to the search field, "?" to the list, "g" and a letter to a
// section. They can be switched off on the page that lists them (WCAG 2.1.4), and never act while
// somebody is typing.

const OFF = "gongkai-keys-off";
const list = document.querySelector("[data-keys]");
const places = new Map([...document.querySelectorAll("a[data-key]")].map((link) => [link.dataset.key, link]));
let afterG = 0;

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
  if (localStorage.getItem(OFF)) return;
  const pending = Date.now() - afterG < 1500;
  afterG = 0;
  if (pending && places.has(event.key)) {
    event.preventDefault();
    places.get(event.key).click();
  } else if (event.key === "g") {
    afterG = Date.now();
  } else if (event.key === "/") {
    const field = document.getElementById("desk-search");
    if (field) {
      event.preventDefault();
      field.focus();
    }
  } else if (event.key === "?") {
    location.assign("/desk/keys/");
  }
}

document.addEventListener("keydown", pressed);

if (list) {
  const box = list.querySelector("input[type=checkbox]");
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  list.hidden = false;
}
