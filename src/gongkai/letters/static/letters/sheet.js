// While somebody types, the sheet is read by the server and what is wrong is listed: without it, by the button.

const form = document.getElementById("wording");
const box = document.getElementById("problems");
const PAUSE = 900;
const MOST = 5;
let waiting = 0;
let asked = 0;

function show(problems) {
  box.hidden = false;
  box.className = `message problems ${problems.length ? "message-bad" : "message-good"}`;
  const head = document.createElement(problems.length ? "h2" : "p");
  head.textContent = problems.length ? "需要改正" : "没有发现问题。";
  const list = document.createElement("ul");
  for (const problem of problems.slice(0, MOST)) {
    const line = document.createElement("li");
    line.textContent = (problem.row ? `第 ${problem.row} 行：` : "") + problem.sentence;
    list.append(line);
  }
  if (problems.length > MOST) {
    const more = document.createElement("li");
    more.textContent = `还有 ${problems.length - MOST} 处，按“核对”看全部。`;
    list.append(more);
  }
  box.replaceChildren(head, ...(problems.length ? [list] : []));
}

async function check() {
  const mine = ++asked;
  const fields = new FormData(form);
  fields.set("step", "live");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: fields });
    if (answer.ok && mine === asked) show((await answer.json()).problems);
  } catch {
    // The button still checks; typing goes on undisturbed.
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
});
