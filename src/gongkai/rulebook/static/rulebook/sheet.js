// While a notice is typed: the weekday of each date and the count of each stretch, beside the row.
// Without this script the same is said after 核对.

const WEEKDAYS = "日一二三四五六";
const DAY = 86_400_000;

function day(input) {
  return input && input.value ? new Date(`${input.value}T00:00:00Z`) : null;
}

function weekday(date) {
  return `星期${WEEKDAYS[date.getUTCDay()]}`;
}

function stretch(row) {
  const first = day(row.querySelector("[name$=-first]"));
  const last = day(row.querySelector("[name$=-last]"));
  if (!first || !last) return "";
  const count = Math.round((last - first) / DAY) + 1;
  if (count < 1) return "最后一天早于第一天，请核对";
  const stated = Number(row.querySelector("[name$=-days]").value);
  const wrong = stated && stated !== count ? `，与文中写的 ${stated} 天不符，请核对` : "";
  return `${weekday(first)}至${weekday(last)}，共 ${count} 天${wrong}`;
}

function worked(row) {
  const on = day(row.querySelector("[name$=-on]"));
  if (!on) return "";
  const weekend = on.getUTCDay() === 0 || on.getUTCDay() === 6;
  return weekend ? weekday(on) : `${weekday(on)}本来就上班，请核对`;
}

function refresh() {
  for (const [rows, say] of [[".sheet-row", stretch], [".sheet-day", worked]]) {
    for (const row of document.querySelectorAll(rows)) {
      row.querySelector(".sheet-note").textContent = say(row);
    }
  }
}

document.querySelector(".sheet").addEventListener("input", refresh);
refresh();
