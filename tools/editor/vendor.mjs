// What of ProseMirror the editor uses, as one module. Nothing of ours is in it: our own scripts are
// read as they are, from src/gongkai/documents/static/documents/editor/.

export { DOMParser, DOMSerializer, Schema } from "prosemirror-model";
export { AllSelection, EditorState, NodeSelection, Plugin, TextSelection } from "prosemirror-state";
export { EditorView } from "prosemirror-view";
export { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
export { history, redo, undo } from "prosemirror-history";
export { keymap } from "prosemirror-keymap";
export { gapCursor } from "prosemirror-gapcursor";
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
export {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  mergeCells,
  splitCell,
  tableEditing,
  tableNodes,
  toggleHeaderCell,
  toggleHeaderRow,
} from "prosemirror-tables";
