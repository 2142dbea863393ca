import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { gapCursor } from 'prosemirror-gapcursor';
import { history, redo, undo } from 'prosemirror-history';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Command, Plugin } from 'prosemirror-state';
import { addRowAfter, goToNextCell, isInTable, tableEditing } from 'prosemirror-tables';
import { schema } from '../document/schema.ts';
import { makeBlock, toggle } from './commands.ts';
import { firstCharacter } from './first-character.ts';
import { deeper, nextItem, shallower } from './list-commands.ts';

const { nodes } = schema;

const breakLine: Command = (state, dispatch) => {
  const { parent } = state.selection.$from;
  // A line of a table is one line.
  if (parent.type.spec.tableRole !== undefined) return true;
  dispatch?.(state.tr.replaceSelectionWith(schema.node('hard_break')).scrollIntoView());
  return true;
};

/** Goes to the next cell of a table; after the last one there is a new row. */
const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (goToNextCell(1)(state, dispatch)) return true;
  if (view === undefined) return false;
  addRowAfter(state, dispatch);
  return goToNextCell(1)(view.state, dispatch);
};

const keys: Record<string, Command> = {
  'Mod-z': undo,
  'Shift-Mod-z': redo,
  'Mod-y': redo,
  'Mod-b': toggle('strong'),
  'Mod-i': toggle('em'),
  'Mod-`': toggle('code'),
  'Mod-Shift-x': toggle('strike'),
  'Mod-Alt-0': makeBlock('paragraph'),
  'Mod-Alt-1': makeBlock('heading1'),
  'Mod-Alt-2': makeBlock('heading2'),
  'Mod-Alt-3': makeBlock('heading3'),
  Backspace: undoInputRule,
  Enter: chainCommands(nextCell, nextItem),
  // Outside lists and tables, Tab leaves the editor, as everywhere in a page.
  Tab: chainCommands(nextCell, deeper),
  'Shift-Tab': chainCommands(goToNextCell(-1), shallower),
  'Shift-Enter': chainCommands(exitCode, breakLine),
  'Mod-Enter': exitCode,
};

/** What one types at the start of a line as in Markdown, and tags of templates anywhere. */
function rules(): Plugin {
  const found: InputRule[] = [
    new InputRule(
      /\{\{[^{}\r\n]{1,200}\}\}$|(?<!\{)\{[A-Za-z_][\w.-]{0,99}\}$/,
      (state, match, start, end) =>
        state.selection.$from.parent.type.spec.code === true
          ? null
          : state.tr.replaceWith(start, end, schema.node('raw', { text: match[0] })),
    ),
  ];
  const {
    heading,
    blockquote,
    bullet_list: bullets,
    ordered_list: numbers,
    code_block: code,
  } = nodes;
  if (heading)
    found.push(
      textblockTypeInputRule(/^(#{1,6})\s$/, heading, ([, marks = '']) => ({
        level: marks.length,
      })),
    );
  if (blockquote) found.push(wrappingInputRule(/^\s*>\s$/, blockquote));
  if (bullets)
    found.push(wrappingInputRule(/^\s*([-+*])\s$/, bullets, ([, marker]) => ({ marker })));
  if (numbers)
    found.push(
      wrappingInputRule(
        /^(\d{1,9})\.\s$/,
        numbers,
        ([, order]) => ({ order: Number(order), marker: '.' }),
        ([, order], list) => list.childCount + Number(list.attrs.order) === Number(order),
      ),
    );
  if (code)
    found.push(textblockTypeInputRule(/^```([\w+-]*)\s$/, code, ([, params = '']) => ({ params })));
  return inputRules({ rules: found });
}

/** What makes a view an editor: keys, undo, tables, and what Markdown does while one types. */
export function editorPlugins(): Plugin[] {
  return [
    ...[rules(), firstCharacter(), keymap(keys), keymap(baseKeymap)],
    ...[history(), gapCursor(), tableEditing()],
  ];
}
