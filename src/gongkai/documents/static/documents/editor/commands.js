// What each button does. A command takes (state, dispatch) and says whether it can be done now.

import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  lift,
  liftListItem,
  mergeCells,
  redo,
  setBlockType,
  sinkListItem,
  splitCell,
  TextSelection,
  toggleHeaderCell,
  toggleHeaderRow,
  toggleMark,
  undo,
  wrapIn,
  wrapInList,
} from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const NEW_ROWS = 3;
const NEW_COLUMNS = 3;

export const commands = {
  paragraph: setBlockType(nodes.paragraph),
  heading2: setBlockType(nodes.heading, { level: 2 }),
  heading3: setBlockType(nodes.heading, { level: 3 }),
  heading4: setBlockType(nodes.heading, { level: 4 }),
  strong: toggleMark(marks.strong),
  em: toggleMark(marks.em),
  sup: toggleMark(marks.sup),
  sub: toggleMark(marks.sub),
  bullets: wrapInList(nodes.bullet_list),
  numbers: wrapInList(nodes.ordered_list),
  sink: sinkListItem(nodes.list_item),
  lift: (state, dispatch) => liftListItem(nodes.list_item)(state, dispatch) || lift(state, dispatch),
  quote: wrapIn(nodes.blockquote),
  rule: (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(nodes.horizontal_rule.create()).scrollIntoView());
    return true;
  },
  table: insertTable,
  rowBefore: addRowBefore,
  rowAfter: addRowAfter,
  columnBefore: addColumnBefore,
  columnAfter: addColumnAfter,
  deleteRow,
  deleteColumn,
  merge: mergeCells,
  split: splitCell,
  headerRow: toggleHeaderRow,
  headerCell: toggleHeaderCell,
  deleteTable,
  undo,
  redo,
};

function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  const row = (type) => nodes.table_row.create(null, Array.from({ length: NEW_COLUMNS }, () => type.createAndFill()));
  const rows = [row(nodes.table_header), ...Array.from({ length: NEW_ROWS - 1 }, () => row(nodes.table_cell))];
  if (dispatch) {
    const start = state.selection.from;
    const tr = state.tr.replaceSelectionWith(nodes.table.create(null, rows));
    let first = null;
    tr.doc.nodesBetween(Math.max(start - 1, 0), tr.doc.content.size, (node, place) => {
      if (first === null && node.type === nodes.table_header) first = place;
    });
    if (first !== null) tr.setSelection(TextSelection.near(tr.doc.resolve(first + 1)));
    dispatch(tr.scrollIntoView());
  }
  return true;
}

// Whether what the button sets holds where the cursor is: for aria-pressed.
export const holds = {
  ...Object.fromEntries([2, 3, 4].map((level) => [`heading${level}`, (state) => parentIs(state, nodes.heading, level)])),
  ...Object.fromEntries(["strong", "em", "sup", "sub"].map((name) => [name, (state) => markHolds(state, marks[name])])),
  paragraph: (state) => parentIs(state, nodes.paragraph),
  bullets: (state) => inside(state, nodes.bullet_list),
  numbers: (state) => inside(state, nodes.ordered_list),
  quote: (state) => inside(state, nodes.blockquote),
  link: (state) => markHolds(state, marks.link),
};

function parentIs(state, type, level) {
  const { parent } = state.selection.$from;
  return parent.type === type && (level === undefined || parent.attrs.level === level);
}

function markHolds(state, type) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

function inside(state, type) {
  const { $from } = state.selection;
  return Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)).some((node) => node.type === type);
}

// The table the cursor is in, with its place; null outside.
export function tableAt(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type === nodes.table) return { node: $from.node(depth), place: $from.before(depth) };
  }
  return null;
}
