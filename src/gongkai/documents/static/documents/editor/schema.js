// What a text may hold: the same as gongkai.text.body keeps. The server cleans again and has the last word.

import { DOMParser, DOMSerializer, Schema, tableNodes } from "../vendor/prosemirror.js";

const tables = tableNodes({ tableGroup: "block inner", cellContent: "cellblock+" });

const list = (tag, attrs) => ({
  content: "list_item+",
  group: "block inner cellblock",
  attrs,
  parseDOM: [{ tag, getAttrs: (dom) => (tag === "ol" ? { start: Number(dom.getAttribute("start")) || 1 } : null) }],
  toDOM: (node) => [tag, node.attrs?.start > 1 ? { start: node.attrs.start } : {}, 0],
});

const mark = (tag, ...others) => ({
  parseDOM: [tag, ...others].map((one) => ({ tag: one })),
  toDOM: () => [tag, 0],
});

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: {
      content: "inline*",
      group: "block inner cellblock",
      parseDOM: [{ tag: "p" }],
      toDOM: () => ["p", 0],
    },
    heading: {
      content: "inline*",
      group: "block",
      defining: true,
      marks: "em sub sup link",
      attrs: { level: { default: 2 } },
      parseDOM: [2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    blockquote: {
      content: "inner+",
      group: "block inner cellblock",
      defining: true,
      parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    horizontal_rule: { group: "block inner cellblock", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    bullet_list: list("ul", {}),
    ordered_list: list("ol", { start: { default: 1 } }),
    list_item: { content: "paragraph inner*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    ...tables,
    table: {
      ...tables.table,
      attrs: { caption: { default: null } }, // inline nodes as JSON
      parseDOM: [{ tag: "caption", ignore: true }, { tag: "table", getAttrs: (dom) => ({ caption: captionIn(dom) }) }],
      toDOM: () => ["table", ["tbody", 0]],
    },
    text: { group: "inline" },
    image: {
      inline: true,
      group: "inline",
      draggable: true,
      attrs: { src: {}, alt: { default: null }, decorative: { default: false } },
      parseDOM: [{ tag: "img[src]", getAttrs: imageIn }],
      toDOM: ({ attrs }) => ["img", imageAttributes(attrs)],
    },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href") }) }],
      toDOM: ({ attrs }) => ["a", { href: attrs.href }, 0],
    },
    strong: mark("strong", "b"),
    em: mark("em", "i"),
    sub: { ...mark("sub"), excludes: "sub sup" },
    sup: { ...mark("sup"), excludes: "sub sup" },
  },
});

function imageIn(dom) {
  const decorative = dom.getAttribute("data-decorative") === "true";
  return { src: dom.getAttribute("src"), alt: dom.getAttribute("alt"), decorative };
}

export function imageAttributes({ src, alt, decorative }) {
  return {
    src,
    ...(alt === null && !decorative ? {} : { alt: decorative ? "" : alt }),
    ...(decorative ? { "data-decorative": "true" } : {}),
  };
}

function captionIn(table) {
  const caption = table.querySelector(":scope > caption");
  if (!caption) return null;
  const line = parser().parse(caption, { topNode: schema.nodes.paragraph.create() });
  return line.content.size ? line.content.toJSON() : null;
}

export const parser = () => DOMParser.fromSchema(schema);
const serializer = DOMSerializer.fromSchema(schema);

export function captionOf(table) {
  return schema.nodes.paragraph.create(null, (table.attrs.caption ?? []).map((one) => schema.nodeFromJSON(one)));
}

// The document as HTML: header rows in a head of their own, the caption before them.
export function written(doc) {
  const inert = document.implementation.createHTMLDocument("");
  const whole = inert.createElement("div");
  serializer.serializeFragment(doc.content, { document: inert }, whole);
  const nodes = [];
  doc.descendants((node) => {
    if (node.type === schema.nodes.table) nodes.push(node);
  });
  whole.querySelectorAll("table").forEach((table, n) => arrange(table, nodes[n], inert));
  return whole.innerHTML;
}

function arrange(table, node, inert) {
  const body = table.querySelector("tbody");
  const head = inert.createElement("thead");
  while (body.rows.length > 1 && [...body.rows[0].cells].every((cell) => cell.tagName === "TH")) head.append(body.rows[0]);
  if (head.rows.length) body.before(head);
  if (node.attrs.caption) {
    const caption = inert.createElement("caption");
    serializer.serializeFragment(captionOf(node).content, { document: inert }, caption);
    table.prepend(caption);
  }
}
