import type { Static } from '@fastify/type-provider-typebox';
import type { NewItem } from '../../../db/knowledge/operation-items.ts';
import { importLimits } from '../../../knowledge/import/import-files.ts';
import { findUnstorable } from '../../../model/text/find-unstorable.ts';
import { BadItem } from '../../../knowledge/import/import-entry.ts';
import { pathOfItem } from '../../../knowledge/import/import-path.ts';
import { maxEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { tableLimits } from '../../../knowledge/import/csv-bounds.ts';
import {
  BadColumns,
  ImportColumns,
  type GivenColumns,
} from '../../../knowledge/import/import-columns.ts';
import { BadTable } from '../../../knowledge/import/table-format.ts';
import { tableRows, type TableRow } from '../../../knowledge/import/import-table.ts';
import { rowName } from '../../../knowledge/import/import-row.ts';
import { takingTurns } from '../../../knowledge/import/turns.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { EntryFields, Kind } from '../../../model/knowledge/entry.ts';
import type { OperationSettings } from '../../../model/knowledge/operation.ts';
import { cut } from '../../../model/text/outside-text.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import type { ImportBody } from './operation-schema.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** An import in the form in which it is stored. */
export interface Import {
  settings: OperationSettings;
  items: NewItem[];
}

/**
 * What to import. Items of kinds that the caller may not write, and items that cannot be stored,
 * are marked as failed. Throws `ApiProblem` if the whole request cannot be used.
 */
export async function importOf(
  body: Static<typeof ImportBody>,
  access: SpaceAccess,
): Promise<Import> {
  const { kind: kindName = null, update = true } = body;
  const kinds = kindsOf(access.row.kinds);
  const kind = kindName === null ? null : requireKind(kinds, kindName);
  if (kind !== null) access.require('editor', kind.name);
  if (body.items !== undefined) {
    if (body.format !== undefined || body.content !== undefined)
      throw fieldProblem('/items', 'give either items, or format and content');
    if (body.columns !== undefined)
      throw fieldProblem('/columns', 'are those of a table: leave them out for items');
    const settings: OperationSettings = { kind: kindName, update, items: 'texts' };
    return { settings, items: await textItems(body.items, { kinds, access, settings }) };
  }
  if (body.format === undefined || body.content === undefined)
    throw fieldProblem('/items', 'give items, or format and content');
  if (kind === null) throw fieldProblem('/kind', 'say which kind the rows have');
  return {
    settings: { kind: kind.name, update, items: 'rows' },
    items: await rowItems({ ...body, format: body.format, content: body.content }, kind),
  };
}

function requireKind(kinds: readonly Kind[], name: string): Kind {
  const kind = kinds.find(({ name: known }) => known === name);
  if (kind !== undefined) return kind;
  const known = kinds.map((one) => one.name).join(', ');
  throw new ApiProblem(422, 'kind_not_found', `This space has no kind ${name}; it has ${known}.`);
}

async function textItems(
  items: readonly { name: string; content: string }[],
  { kinds, access, settings }: { kinds: Kind[]; access: SpaceAccess; settings: OperationSettings },
): Promise<NewItem[]> {
  const { root } = access.row;
  const pause = takingTurns();
  const made: NewItem[] = [];
  for (const item of items) {
    made.push(textItem(item));
    await pause();
  }
  return made;

  function textItem(item: { name: string; content: string }): NewItem {
    const { name, content } = item;
    try {
      const { kind } = pathOfItem({ kinds, root, settings }, name);
      if (!access.may('editor', kind.name))
        return failed(name, `This needs the role editor for entries of the kind ${kind.name}.`);
    } catch (error) {
      if (!(error instanceof BadItem)) throw error;
      return failed(name, error.message);
    }
    if (content.length > maxEntryBytes || Buffer.byteLength(content) > maxEntryBytes)
      return failed(name, 'It is larger than 1 MiB.');
    const found = findUnstorable(content);
    return found === null ? item : failed(name, `It ${found.message}.`);
  }
}

function failed(name: string, message: string): NewItem {
  return { name, content: null, outcome: 'failed', message };
}

/** The most characters of a row: its fields and its body, with room for JSON's escapes. */
const longestRow = 2 * maxEntryBytes;
/** The most characters of all rows, each of which names its columns. */
const longestTable = 128 * 1024 * 1024;

async function rowItems(
  {
    format,
    content,
    columns: given = {},
  }: { format: 'csv' | 'json'; content: string; columns?: GivenColumns },
  kind: Kind,
): Promise<NewItem[]> {
  const items: NewItem[] = [];
  const pause = takingTurns();
  let length = 0;
  try {
    const columns = new ImportColumns(given, kind);
    for await (const row of tableRows(format, content)) {
      if (items.length === importLimits.items)
        throw fieldProblem(
          '/content',
          `has more than ${importLimits.items} rows; import it in parts`,
        );
      const item = rowItem(row, kind, columns);
      items.push(item);
      length += item.content?.length ?? 0;
      if (length > longestTable)
        throw fieldProblem('/content', 'is too large as a table; import it in parts');
      await pause();
    }
    columns.requireAll();
  } catch (error) {
    if (error instanceof BadColumns) throw fieldProblem('/columns', error.message);
    if (error instanceof BadTable) throw fieldProblem('/content', error.message);
    throw error;
  }
  return items;
}

/** Each row as JSON. A value that cannot be stored is only that row's error. */
function rowItem({ place, values }: TableRow, kind: Kind, columns: ImportColumns): NewItem {
  const fields = Object.keys(values).length;
  if (fields > tableLimits.columns)
    return failed(
      nameOfRow(values),
      `${place} has ${fields} fields; at most ${tableLimits.columns} can be imported.`,
    );
  const placed = columns.place(values);
  const name = nameOfRow(placed);
  const found = findUnstorable(placed);
  if (found !== null) return failed(name, `${place}: ${cut(found.pointer, 100)} ${found.message}.`);
  const content = JSON.stringify(placed);
  return content.length <= longestRow
    ? { name, place, content }
    : failed(name, `${place} is larger than 1 MiB.`);

  function nameOfRow(row: EntryFields): string {
    const called = rowName(row, kind) ?? place;
    return called.length <= importLimits.name
      ? called
      : `${cut(called, importLimits.name)} (${place})`;
  }
}
