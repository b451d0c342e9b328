// Commands that ask first: where a link leads, which picture, what a table is called.

import { NodeSelection } from "../vendor/prosemirror.js";
import { tableAt } from "./commands.js";
import { ask } from "./dialogs.js";
import { captionOf, schema } from "./schema.js";
import { addPicture } from "./server.js";

const { link } = schema.marks;
const { image } = schema.nodes;

export function asksFor({ pictures, tell }) {
  return {
    link: async (view) => {
      const { from, to, empty, $from } = view.state.selection;
      const present = link.isInSet($from.marks()) ?? link.isInSet(view.state.doc.nodeAt(from)?.marks ?? []);
      const said = await ask("editor-link", { href: present?.attrs.href, text: view.state.doc.textBetween(from, to) });
      if (said) setLink(view, said, { from, to, empty, present });
      view.focus();
    },
    image: (view) => askPicture(view, pictures, tell),
    caption: async (view) => {
      const table = tableAt(view.state);
      const said = table && (await ask("editor-caption", { caption: captionOf(table.node).textContent }));
      if (said) {
        const caption = said.caption ? [schema.text(said.caption).toJSON()] : null;
        view.dispatch(view.state.tr.setNodeAttribute(table.place, "caption", caption));
      }
      view.focus();
    },
  };
}

function setLink(view, { href, text }, { from, to, present }) {
  const { tr } = view.state;
  const [start, end] = present && from === to ? around(view.state, from, present) : [from, to];
  if (!href) {
    view.dispatch(tr.removeMark(start, end, link));
  } else if (text && text !== view.state.doc.textBetween(start, end)) {
    view.dispatch(tr.replaceRangeWith(start, end, schema.text(text, [link.create({ href })])));
  } else if (start === end) {
    view.dispatch(tr.replaceRangeWith(start, end, schema.text(href, [link.create({ href })])));
  } else {
    view.dispatch(tr.removeMark(start, end, link).addMark(start, end, link.create({ href })));
  }
}

// From where to where the link goes that the cursor is in.
function around(state, place, mark) {
  const { parent } = state.doc.resolve(place);
  const base = state.doc.resolve(place).start();
  let start = place;
  let end = place;
  parent.forEach((node, offset) => {
    if (!mark.isInSet(node.marks)) return;
    start = Math.min(start, base + offset);
    end = Math.max(end, base + offset + node.nodeSize);
  });
  return [start, end];
}

// A new picture is sent to the server first; of one that is selected only what is said of it changes.
export async function askPicture(view, pictures, tell, file = null) {
  const { selection } = view.state;
  const present = selection instanceof NodeSelection && selection.node.type === image && !file ? selection.node : null;
  const said = await ask("editor-picture", { alt: present?.attrs.alt, decorative: present?.attrs.decorative });
  if (said) await putPicture(view, pictures, tell, { ...said, file: said.file ?? file }, present);
  view.focus();
}

async function putPicture(view, pictures, tell, said, present) {
  const attrs = { alt: said.decorative ? "" : said.alt, decorative: said.decorative };
  if (present && !said.file) {
    if (!said.alt && !said.decorative) return tell(["没有改：请写一句图片说明，或勾选“装饰图片”。"]);
    return view.dispatch(view.state.tr.replaceSelectionWith(image.create({ ...present.attrs, ...attrs }), false));
  }
  if (!said.file) return tell(["没有插入：请选一个图片文件。"]);
  const answer = await addPicture(pictures, said);
  if (answer.refusal) return tell([answer.refusal]);
  tell([]);
  return view.dispatch(view.state.tr.replaceSelectionWith(image.create({ src: answer.src, ...attrs }), false));
}
