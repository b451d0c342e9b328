// The editor in place of the text field. The field stays, hidden, and is what is sent: without a script it is
// simply shown, and whatever arrives is cleaned by the server.

import {
  AllSelection,
  baseKeymap,
  chainCommands,
  EditorState,
  EditorView,
  exitCode,
  gapCursor,
  goToNextCell,
  history,
  keymap,
  Plugin,
  redo,
  splitListItem,
  tableEditing,
  TextSelection,
  undo,
} from "../vendor/prosemirror.js";
import { askPicture, asksFor } from "./asks.js";
import { commands } from "./commands.js";
import { placeOf } from "./numbering.js";
import { parser, schema, written } from "./schema.js";
import { clean } from "./server.js";
import { Toolbar } from "./toolbar.js";
import { pictureView, TableView } from "./views.js";

const PAUSE = 300; // milliseconds without a key before the field gets the text

function begin(source) {
  const { field: id, clean: cleaning, pictures, base } = source.dataset;
  const field = document.getElementById(id);
  const frame = document.getElementById("editor");
  const bar = document.getElementById("editor-tools");
  const tell = teller(document.getElementById("editor-told"));
  const surface = document.createElement("div");
  let timer;
  let toolbar;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    field.value = written(view.state.doc);
    field.dispatchEvent(new Event("input", { bubbles: true })); // what is typed is kept as in any other field
  };
  const view = new EditorView(surface, {
    state: EditorState.create({ doc: parser().parse(source.content), plugins: plugins(() => toolbar) }),
    nodeViews: { table: (node) => new TableView(node), image: pictureView(base) },
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": "editor-label",
      "aria-describedby": `editor-keys ${field.getAttribute("aria-describedby") ?? ""}`.trim(),
      class: "prose editor-surface",
    },
    handleDOMEvents: { paste: (_, event) => pasted(event) }, // before anything of it is parsed in this page
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      toolbar?.update();
      if (tr.docChanged) {
        clearTimeout(timer);
        timer = setTimeout(write, PAUSE);
      }
    },
  });

  // What is pasted goes through the same cleaning as what is saved, at once: its author sees what will be kept.
  function pasted(event) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const picture = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (html.includes("data-pm-slice") || !(html.trim() || picture)) return false; // its own, or letters only
    event.preventDefault();
    if (html.trim()) askToClean(html);
    else askPicture(view, pictures, tell, picture);
    return true;
  }
  async function askToClean(html) {
    const answer = await clean(cleaning, html);
    if (answer.html) view.pasteHTML(answer.html);
    tell(answer.refusal ? [answer.refusal] : answer.lost, answer.refusal ? "" : "粘贴的内容里：");
  }

  // Somebody else wrote into the field: what was kept of an earlier sitting.
  function fill() {
    view.dispatch(view.state.tr.setSelection(new AllSelection(view.state.doc)));
    if (/<[a-z]/i.test(field.value)) view.pasteHTML(field.value);
    else view.pasteText(field.value);
  }

  function goTo(number) {
    const place = placeOf(view.state.doc, number);
    if (place === null) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place + 1))).scrollIntoView());
    view.focus();
    view.domAtPos(view.state.selection.from).node.parentElement?.scrollIntoView({ block: "center" });
  }

  field.addEventListener("change", fill);
  field.form.addEventListener("submit", () => timer && write(), { capture: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-paragraph]");
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.paragraph));
  });
  field.hidden = true;
  const label = document.querySelector(`label[for="${id}"]`);
  label.id = "editor-label";
  label.addEventListener("click", () => view.focus());
  frame.append(bar, surface);
  field.before(frame);
  frame.hidden = false;
  toolbar = new Toolbar(bar, view, asksFor({ pictures, tell }));
}

function plugins(toolbar) {
  return [
    history(),
    keymap({
      "Mod-z": undo,
      "Mod-y": redo,
      "Mod-Shift-z": redo,
      "Mod-b": commands.strong,
      "Mod-i": commands.em,
      "Mod-]": commands.sink,
      "Mod-[": commands.lift,
      "Mod-Alt-0": commands.paragraph,
      "Mod-Alt-1": commands.heading2,
      "Mod-Alt-2": commands.heading3,
      "Mod-Alt-3": commands.heading4,
      "Alt-F10": () => {
        toolbar()?.focus();
        return true;
      },
      "Shift-Enter": chainCommands(exitCode, (state, dispatch) => {
        dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create()).scrollIntoView());
        return true;
      }),
      Enter: splitListItem(schema.nodes.list_item),
      Tab: goToNextCell(1), // outside a table, and after its last cell, Tab leaves the editor
      "Shift-Tab": goToNextCell(-1),
    }),
    keymap(baseKeymap),
    gapCursor(),
    new Plugin({ props: { attributes: { spellcheck: "false" } } }),
    tableEditing(),
  ];
}

function teller(place) {
  return (sentences, opening = "") => {
    place.replaceChildren(
      ...sentences.map((sentence) => {
        const line = document.createElement("li");
        line.textContent = opening + sentence;
        return line;
      }),
    );
    place.hidden = !sentences.length;
  };
}

document.querySelectorAll("template[data-editor]").forEach(begin);
