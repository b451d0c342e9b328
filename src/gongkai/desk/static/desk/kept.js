// Autosave of forms marked data-autosave. The server keeps what was typed, sealed, for this person
// only. When a form was handed in, the next page drops what was kept: a form that comes back with
// errors is still there and keeps it.

const ADDRESS = "/desk/kept/";
const PAUSE = 2000; // milliseconds without a key before the form is kept
const SENT = "gongkai-sent";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

const place = location.pathname;
const at = (path) => `${ADDRESS}?place=${encodeURIComponent(path)}`;
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

function fields(form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
}

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) values[field.name] = field.value;
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

function fill(form, values) {
  for (const field of fields(form)) {
    const value = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = value === field.value;
    } else if (value !== undefined && value !== field.value) {
      field.value = value;
      field.dispatchEvent(new Event("change")); // an editor in its place shows it
    }
  }
}

function hour(text) {
  return new Date(text).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

function noticeFor(form) {
  const notice = document.createElement("p");
  notice.className = "kept-note hint";
  notice.setAttribute("role", "status");
  form.before(notice);
  return notice;
}

function offer(form, notice, kept, when) {
  const before = typed(form);
  if (JSON.stringify(before) === JSON.stringify({ ...before, ...kept })) {
    drop(place); // it says what the page says: handed in already
    return;
  }
  fill(form, kept);
  notice.textContent = `已填入您 ${when} 没有提交的内容。`;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button button-plain";
  undo.textContent = "不要，恢复原样";
  undo.addEventListener("click", () => {
    fill(form, before);
    drop(place);
    notice.textContent = "已恢复原样。";
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  notice.append(" ", undo);
}

async function keep(form, notice) {
  try {
    const answer = await fetch(at(place), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(typed(form)),
      redirect: "error", // signed out: the sign-in page is no answer
    });
    const text = answer.ok ? `已于 ${hour((await answer.json()).at)} 自动暂存，还没有提交。` : await answer.text();
    notice.textContent = answer.ok || answer.status === 413 ? text : "没能自动暂存，请尽快提交。";
  } catch {
    notice.textContent = "没能自动暂存：网络不通，或者登录已到时间。请先不要关闭本页。";
  }
}

function drop(path) {
  return fetch(at(path), { method: "DELETE", headers: { "X-CSRFToken": token() }, redirect: "error" }).catch(() => {});
}

async function watch(form) {
  const notice = noticeFor(form);
  if (!form.querySelector("[aria-invalid=true]")) {
    const answer = await fetch(at(place), { redirect: "error" }).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    if (found?.kept) offer(form, notice, found.kept, hour(found.at));
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, notice), PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sessionStorage.setItem(SENT, place);
  });
}

const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
if (sent && sent !== place && location.pathname.startsWith("/desk/") && token()) drop(sent);
document.querySelectorAll("form[data-autosave]").forEach(watch);
