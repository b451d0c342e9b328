// Small windows that ask for something. They are in the page already; a script only opens them.

const byId = (id) => document.getElementById(id);

// Open the dialog *id*, filled with *values*; resolves to what was entered, or null when it was given up.
export function ask(id, values = {}) {
  const dialog = byId(id);
  const fields = [...dialog.querySelectorAll("input")];
  for (const field of fields) {
    if (field.type === "checkbox") field.checked = Boolean(values[field.name]);
    else field.value = field.type === "file" ? "" : (values[field.name] ?? "");
  }
  const back = document.activeElement;
  return new Promise((resolve) => {
    const done = (answer) => {
      dialog.close();
      resolve(answer);
      if (!answer) back?.focus();
    };
    dialog.querySelector("[data-dialog=yes]").onclick = () => done(entered(fields));
    dialog.querySelector("[data-dialog=no]").onclick = () => done(null);
    dialog.onkeydown = (event) => {
      if (event.key !== "Enter" || event.target.type === "file" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      done(entered(fields));
    };
    dialog.oncancel = () => resolve(null);
    dialog.showModal();
  });
}

function entered(fields) {
  return Object.fromEntries(
    fields.map((field) => {
      if (field.type === "file") return [field.name, field.files[0] ?? null];
      return [field.name, field.type === "checkbox" ? field.checked : field.value.trim()];
    }),
  );
}
