// Reads the page aloud with the browser's own voice, a paragraph at a time. Without one, or without
// a script, nothing shows.

const voice = window.speechSynthesis;
const play = document.querySelector('[data-tool="read"]');
const stop = document.querySelector('[data-tool="stop"]');
const said = document.getElementById("reader-said");
const PIECES = "h1, h2, h3, h4, p, li, dt, dd, caption, th, td, figcaption, label, legend, summary";
const SILENT = "[hidden], nav, .scroll-hint, .out-of-sight, script, style";

let pieces = [];
let at = -1;
let turn = 0; // an utterance that was cut off must not start the next one

function readable() {
  const all = [...document.querySelectorAll(`#main :is(${PIECES})`)];
  return all.filter((piece) =>
    !piece.closest(SILENT) && !piece.querySelector(PIECES) && piece.checkVisibility?.() !== false && words(piece));
}

function words(piece) {
  return piece.textContent.replace(/\s+/gu, " ").trim();
}

function mark(next) {
  pieces[at]?.classList.remove("being-read");
  at = next;
  const piece = pieces[at];
  if (!piece) return;
  piece.classList.add("being-read");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  piece.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

function show(state) {
  play.dataset.state = state;
  play.firstElementChild.textContent = { quiet: "朗读", reading: "暂停", paused: "继续" }[state];
  stop.hidden = state === "quiet";
  said.textContent = { quiet: "朗读已停止", reading: "正在朗读", paused: "朗读已暂停" }[state];
}

function speak(next) {
  mark(next);
  if (!pieces[at]) return finish();
  const mine = ++turn;
  const utterance = new SpeechSynthesisUtterance(words(pieces[at]));
  utterance.lang = "zh-CN";
  utterance.voice = voice.getVoices().find((one) => /^(zh|cmn)([-_](CN|Hans))?/iu.test(one.lang)) ?? null;
  utterance.onend = () => mine === turn && speak(at + 1);
  utterance.onerror = () => mine === turn && finish();
  voice.speak(utterance);
}

function finish() {
  turn += 1;
  voice.cancel();
  const focused = document.activeElement === stop;
  mark(-1);
  show("quiet");
  if (focused) play.focus();
}

function press() {
  const state = play.dataset.state;
  if (state === "reading") {
    voice.pause();
    show("paused");
  } else if (state === "paused") {
    voice.resume();
    show("reading");
  } else {
    voice.cancel();
    pieces = readable();
    show("reading");
    speak(0);
  }
}

if (voice && window.SpeechSynthesisUtterance && play && stop) {
  play.hidden = false;
  play.dataset.state = "quiet";
  play.addEventListener("click", press);
  stop.addEventListener("click", finish);
  addEventListener("keydown", (event) => event.key === "Escape" && play.dataset.state !== "quiet" && finish());
  addEventListener("pagehide", () => voice.cancel());
}
