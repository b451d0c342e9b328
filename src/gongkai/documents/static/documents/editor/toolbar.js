// The toolbar: one stop for Tab, arrows inside it; each button says whether it holds and whether it can be pressed.

import { isInTable } from "../vendor/prosemirror.js";
import { commands, holds } from "./commands.js";

export class Toolbar {
  // *asks*: by name, commands that first ask for something; they take the view.
  constructor(dom, view, asks) {
    this.dom = dom;
    this.view = view;
    this.asks = asks;
    this.buttons = [...dom.querySelectorAll("button")];
    this.tableTools = dom.querySelector("[data-in-table]");
    dom.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the text
    dom.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
    dom.addEventListener("keydown", (event) => this.moved(event));
    dom.hidden = false;
    this.update();
  }

  pressed(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { command } = button.dataset;
    if (this.asks[command]) {
      this.asks[command](this.view);
      return;
    }
    commands[command](this.view.state, this.view.dispatch);
    this.view.focus();
  }

  moved(event) {
    const shown = this.buttons.filter((button) => !button.closest("[hidden]"));
    const at = shown.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === "Escape") this.view.focus();
    if (to === undefined) return;
    event.preventDefault();
    this.stopAt(shown.at(to % shown.length)).focus();
  }

  stopAt(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
    return button;
  }

  focus() {
    (this.buttons.find((one) => one.tabIndex === 0) ?? this.buttons[0]).focus();
  }

  update() {
    const { state } = this.view;
    if (this.tableTools) this.tableTools.hidden = !isInTable(state);
    for (const button of this.buttons) {
      const { command } = button.dataset;
      if (holds[command]) button.setAttribute("aria-pressed", String(holds[command](state)));
      const can = this.asks[command] ? !(command === "caption" && !isInTable(state)) : commands[command](state);
      button.setAttribute("aria-disabled", String(!can));
    }
    const stop = this.buttons.find((one) => one.tabIndex === 0 && !one.closest("[hidden]"));
    this.stopAt(stop ?? this.buttons[0]);
  }
}
