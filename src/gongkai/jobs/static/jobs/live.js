// Progress of running work, looked at again every few seconds. Without this script the page reloads itself.
// It gives up after a while: a page left open must not keep its session alive for ever.

const MOST_LOOKS = 200;
let looks = 0;

function state(page) {
  return page.querySelector("main [data-state]")?.dataset.state;
}

// Read by the request itself: the policy of our pages (trusted types) lets no script turn text into elements.
function fetched() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => resolve(request);
    request.onerror = reject;
    request.open("GET", location.href);
    request.send();
  });
}

async function look() {
  const answer = await fetched();
  const fresh = answer.response;
  if (answer.status !== 200 || answer.responseURL !== location.href) return;
  if (state(fresh) !== state(document)) {
    location.replace(location.href);
    return;
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (other && !other.isEqualNode(part)) part.replaceChildren(...other.childNodes);
  }
  again();
}

function again() {
  const seconds = Number(document.querySelector("main [data-refresh]")?.dataset.refresh);
  if (seconds && looks++ < MOST_LOOKS) setTimeout(() => look().catch(again), seconds * 1000);
}

again();
