import { randomUUID } from 'node:crypto';
import { listTakenBeside } from '../../../db/knowledge/entry-paths.ts';
import { withDates } from '../../../knowledge/entries/dated-entry.ts';
import { isEntryId } from '../../../knowledge/entries/entry-id.ts';
import { freePath } from '../../../knowledge/entries/free-path.ts';
import { pathForNew } from '../../../knowledge/kinds/kinds.ts';
import { slugFault } from '../../../knowledge/kinds/slug.ts';
import type { EntryFields, Kind } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { fieldProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/**
 * The id of a new entry: the one in its fields, otherwise a generated one. Throws 422 if the given
 * id is not valid.
 */
export function idFrom({ id }: Record<string, unknown>): string {
  if (id === undefined) return randomUUID();
  const text = typeof id === 'number' ? String(id) : id;
  if (typeof text === 'string' && isEntryId(text)) return text;
  throw fieldProblem(
    '/fields/id',
    'is not an id: give 1 to 200 characters without control characters that do not begin with "~", or leave it out',
  );
}

/** The fields of a new entry, its id first; dates that the kind has default to today. */
export function newFields(
  kind: Kind,
  id: string,
  { id: given, ...fields }: EntryFields,
): EntryFields {
  return withDates(kind, { id: given ?? id, ...fields }, new Date());
}

/** The path of a new entry's file, which no other entry uses. Throws 422 for a slug that cannot be its name. */
export async function newPath(
  { db }: ApiDeps,
  { row }: SpaceAccess,
  kind: Kind,
  name: { slug: string | null; title: string; id: string },
): Promise<string> {
  const fault = name.slug === null ? null : slugFault(name.slug);
  if (fault !== null) throw fieldProblem('/slug', fault);
  const path = pathForNew(kind, row.root, name);
  if (kind.file !== null) return path;
  return freePath(path, await listTakenBeside(db, row.id, [path]));
}
