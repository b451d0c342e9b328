// The tools that need a script: print, large pointer, guide lines, and telling assistive technology
// which look is on. The looks themselves are links and need none of this.

const KEPT = "gongkai-tools";
const root = document.documentElement;
const button = (name) => document.querySelector(`[data-tool="${name}"]`);

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function keep(name, on) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [name]: on }));
  } catch {
    // A browser that keeps nothing still switches for this page.
  }
}

function toggle(name, apply) {
  const control = button(name);
  if (!control) return;
  const set = (on) => {
    control.setAttribute("aria-pressed", String(on));
    apply(on);
  };
  control.hidden = false;
  control.addEventListener("click", () => {
    const on = control.getAttribute("aria-pressed") !== "true";
    set(on);
    keep(name, on);
  });
  // A tool that the present look does not offer stays off.
  if (kept()[name] && control.offsetParent !== null) set(true);
}

const across = document.createElement("div");
const upright = document.createElement("div");
across.className = "guide";
upright.className = "guide guide-upright";

function follow(event) {
  across.style.transform = `translateY(${event.clientY + 12}px)`;
  upright.style.transform = `translateX(${event.clientX + 12}px)`;
}

function guide(on) {
  if (on) {
    document.body.append(across, upright);
    addEventListener("pointermove", follow);
  } else {
    removeEventListener("pointermove", follow);
    across.remove();
    upright.remove();
  }
}

for (const link of document.querySelectorAll("[data-look]")) {
  const mark = link.querySelector(".look-on");
  if (getComputedStyle(mark).display !== "none") link.setAttribute("aria-current", "true");
}

const print = button("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
toggle("pointer", (on) => root.classList.toggle("large-pointer", on));
toggle("guide", guide);
