// How tables and pictures look while one writes.

import { captionOf, imageAttributes } from "./schema.js";

// A table in a frame that scrolls by itself, its caption above it.
export class TableView {
  constructor(node) {
    this.dom = document.createElement("div");
    this.dom.className = "editor-table";
    this.table = this.dom.appendChild(document.createElement("table"));
    this.caption = this.table.appendChild(document.createElement("caption"));
    this.caption.contentEditable = "false";
    this.contentDOM = this.table.appendChild(document.createElement("tbody"));
    this.update(node);
  }

  update(node) {
    if (node.type.name !== "table") return false;
    this.caption.textContent = captionOf(node).textContent;
    this.caption.hidden = !this.caption.textContent;
    return true;
  }

  ignoreMutation(record) {
    return !this.contentDOM.contains(record.target);
  }
}

// The text calls a picture by its address beside the item; *base* is where the item is on the desk.
export function pictureView(base) {
  return (node) => {
    const dom = document.createElement("img");
    const { src, ...others } = imageAttributes(node.attrs);
    dom.src = base + src;
    for (const [name, value] of Object.entries(others)) dom.setAttribute(name, value);
    if (!("alt" in others)) {
      dom.alt = "没有说明的图片";
      dom.className = "editor-unsaid";
    }
    return { dom };
  };
}
