// Progress of running work, looked at again every few seconds. Without this script the page reloads itself.
// It gives up after a while: a page left open must not keep its session alive for ever.

const MOST_LOOKS = 200;
let looks = 0;

function state(page) {
  return page.querySelector("main [data-state]")?.dataset.state;
}

async function look() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (state(fresh) !== state(document)) {
    location.replace(location.href);
    return;
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (other && other.innerHTML !== part.innerHTML) part.innerHTML = other.innerHTML;
  }
  again();
}

function again() {
  const seconds = Number(document.querySelector("main [data-refresh]")?.dataset.refresh);
  if (seconds && looks++ < MOST_LOOKS) setTimeout(() => look().catch(again), seconds * 1000);
}

again();
