import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Node } from 'prosemirror-model';
import type { Command, EditorState } from 'prosemirror-state';
import { schema } from '../document/schema.ts';

const { bullet_list: bullets, ordered_list: numbers, list_item: item } = schema.nodes;
type List = 'bullet_list' | 'ordered_list';

/** The innermost list around the selection, and the item in it. */
function around({
  selection: { $from },
}: EditorState): { list: Node; at: number; item: Node; itemAt: number } | null {
  for (let depth = $from.depth; depth > 1; depth -= 1)
    if ($from.node(depth).type === item)
      return {
        ...{ list: $from.node(depth - 1), at: $from.before(depth - 1) },
        ...{ item: $from.node(depth), itemAt: $from.before(depth) },
      };
  return null;
}

/** Which list the selection is in. */
export function listAround(state: EditorState): List | 'tasks' | null {
  const found = around(state);
  if (found === null) return null;
  if (found.item.attrs.checked !== null) return 'tasks';
  return found.list.type === bullets ? 'bullet_list' : 'ordered_list';
}

/** Makes the paragraphs that are selected a list, a list one of the other kind, or a list of this kind paragraphs again. */
export function toggleList(kind: List): Command {
  return (state, dispatch, view) => {
    const type = kind === 'bullet_list' ? bullets : numbers;
    const found = around(state);
    if (type === undefined || item === undefined) return false;
    if (found === null)
      return wrapInList(type, { marker: kind === 'bullet_list' ? '-' : '.' })(state, dispatch);
    if (found.list.type === type && found.item.attrs.checked === null)
      return liftListItem(item)(state, dispatch, view);
    const marker = kind === 'bullet_list' ? '-' : '.';
    const tr = state.tr.setNodeMarkup(found.at, type, {
      source: found.list.attrs.source as unknown,
      marker,
    });
    if (found.item.attrs.checked !== null) tr.setNodeAttribute(found.itemAt, 'checked', null);
    dispatch?.(tr);
    return true;
  };
}

/** Makes an item a task that is to be done, or a task an item; elsewhere it begins a list of tasks. */
export const toggleTask: Command = (state, dispatch) => {
  const found = around(state);
  if (bullets === undefined) return false;
  if (found === null)
    return wrapInList(bullets)(
      state,
      dispatch &&
        ((tr) => {
          const { $from } = tr.selection;
          for (let depth = $from.depth; depth > 0; depth -= 1)
            if ($from.node(depth).type === item) {
              tr.setNodeAttribute($from.before(depth), 'checked', false);
              break;
            }
          dispatch(tr);
        }),
    );
  dispatch?.(
    state.tr.setNodeAttribute(
      found.itemAt,
      'checked',
      found.item.attrs.checked === null ? false : null,
    ),
  );
  return true;
};

/** Begins the next item; after a task it is a task. */
export const nextItem: Command = (state, dispatch, view) => {
  const found = around(state);
  if (found === null || item === undefined) return false;
  const attrs = { checked: found.item.attrs.checked === null ? null : false };
  return splitListItem(item, attrs)(state, dispatch, view);
};

/** Puts an item below the one before it. */
export const deeper: Command = (state, dispatch, view) =>
  item !== undefined && sinkListItem(item)(state, dispatch, view);

/** Takes an item out of the one that it is below. */
export const shallower: Command = (state, dispatch, view) =>
  item !== undefined && liftListItem(item)(state, dispatch, view);
