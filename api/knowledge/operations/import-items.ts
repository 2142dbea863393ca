import type { Static } from '@fastify/type-provider-typebox';
import type { NewItem } from '../../../db/knowledge/operation-items.ts';
import { storableText } from '../../../db/storable.ts';
import { BadItem } from '../../../knowledge/import/import-entry.ts';
import { pathOfItem } from '../../../knowledge/import/import-path.ts';
import { BadTable, readTable } from '../../../knowledge/import/import-table.ts';
import { rowName } from '../../../knowledge/import/import-row.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { OperationSettings } from '../../../model/knowledge/operation.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { mostItems, type ImportBody } from './operation-schema.ts';
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
    const settings: OperationSettings = { kind: kindName, update, items: 'texts' };
    return { settings, items: textItems(body.items, { kinds, access, settings }) };
  }
  if (body.format === undefined || body.content === undefined)
    throw fieldProblem('/items', 'give items, or format and content');
  if (kind === null) throw fieldProblem('/kind', 'say which kind the rows have');
  return {
    settings: { kind: kind.name, update, items: 'rows' },
    items: await rowItems(body.format, body.content, kind),
  };
}

function requireKind(kinds: readonly Kind[], name: string): Kind {
  const kind = kinds.find(({ name: known }) => known === name);
  if (kind !== undefined) return kind;
  const known = kinds.map((one) => one.name).join(', ');
  throw new ApiProblem(422, 'kind_not_found', `This space has no kind ${name}; it has ${known}.`);
}

function textItems(
  items: readonly { name: string; content: string }[],
  { kinds, access, settings }: { kinds: Kind[]; access: SpaceAccess; settings: OperationSettings },
): NewItem[] {
  const { root } = access.row;
  return items.map((item) => {
    try {
      const { kind } = pathOfItem({ kinds, root, settings }, item.name);
      if (!access.may('editor', kind.name))
        return failed(
          item.name,
          `This needs the role editor for entries of the kind ${kind.name}.`,
        );
    } catch (error) {
      if (!(error instanceof BadItem)) throw error;
      return failed(item.name, error.message);
    }
    return storableText(item.content) === item.content
      ? item
      : failed(item.name, 'It contains NUL or half of a surrogate pair, which cannot be stored.');
  });
}

function failed(name: string, message: string): NewItem {
  return { name, content: null, outcome: 'failed', message };
}

async function rowItems(format: 'csv' | 'json', content: string, kind: Kind): Promise<NewItem[]> {
  try {
    const rows = await readTable(format, content);
    if (rows.length > mostItems)
      throw fieldProblem('/content', `has ${rows.length} rows; give at most ${mostItems} at once`);
    return rows.map(({ place, values }) => ({
      name: rowName(values, kind) ?? place,
      content: storableText(JSON.stringify(values)),
    }));
  } catch (error) {
    if (error instanceof BadTable) throw fieldProblem('/content', error.message);
    throw error;
  }
}
