// Paragraphs are numbered as the server numbers them: a row of a table is one.

// Where paragraph *wanted* begins in the document, or null.
export function placeOf(doc, wanted) {
  let number = 0;
  let found = null;
  doc.descendants((node, place) => {
    if (found !== null) return false;
    const role = node.type.spec.tableRole;
    if (role === "table" && node.attrs.caption) number += 1;
    else if (role === "row" || (node.isTextblock && node.content.size)) number += 1;
    if (number >= wanted) found = place;
    return role !== "row";
  });
  return found;
}
