// While the subject is typed, what is public already is offered below the field. The words go in the body of
// the question, never in an address; without a script the next page offers the same.

const PAUSE = 700; // milliseconds without a key
const form = document.querySelector("form[data-similar]");
const field = form?.elements.namedItem("subject");

function item({ title, url }) {
  const link = document.createElement("a");
  link.className = "door";
  link.href = url;
  link.textContent = title;
  const line = document.createElement("li");
  line.append(link);
  return line;
}

function boxBelow(input) {
  const box = document.createElement("div");
  box.setAttribute("role", "status");
  input.after(box);
  return box;
}

function show(box, items) {
  box.replaceChildren();
  box.className = items.length ? "message" : "";
  if (!items.length) return;
  const said = document.createElement("p");
  said.textContent = "可能已经公开，点开就能看，不用申请：";
  const list = document.createElement("ul");
  list.className = "plain";
  list.append(...items.map(item));
  box.append(said, list);
}

async function ask(box) {
  const body = new URLSearchParams({ subject: field.value, csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value });
  const answer = await fetch(form.dataset.similar, { method: "POST", body }).catch(() => null);
  show(box, answer?.ok ? (await answer.json()).items : []);
}

if (field) {
  const box = boxBelow(field);
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length > 2) timer = setTimeout(() => ask(box), PAUSE);
  });
}
