import type { FastifyRequest } from 'fastify';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';

/** An entry that a caller may see. */
export interface OpenedEntry {
  access: SpaceAccess;
  entry: Entry;
  kind: Kind;
}

/**
 * The entry that the path names, if it has a head and the caller may at least read it. Throws 404
 * if not, and 403 without the role.
 */
export async function openEntry(
  deps: ApiDeps,
  request: FastifyRequest,
  role: Role,
): Promise<OpenedEntry> {
  const opened = await openListed(deps, request);
  const { access, entry } = opened;
  if (entry.headBlob === null) throw goneWithConflict(access, entry.id);
  access.require(role, entry.kind);
  return opened;
}

/** Like {@link openEntry}, for a reader, who also sees entries that went away and left an open conflict. */
export async function openListed(deps: ApiDeps, request: FastifyRequest): Promise<OpenedEntry> {
  const access = await spaceOf(deps, request);
  const { entry: id } = request.params as { entry: string };
  const entry = id.includes('\0') ? null : await findEntry(deps.db, access.row.id, id);
  const isListed = entry !== null && (entry.headBlob !== null || entry.conflicted);
  if (!isListed || !access.may('reader', entry.kind)) throw gone(access, id);
  return { access, entry, kind: kindNamed(access, entry.kind) };
}

function goneWithConflict({ row }: SpaceAccess, id: string): ApiProblem {
  return new ApiProblem(
    404,
    'entry_not_found',
    `Entry ${id} of space ${row.id} was removed, and left an open conflict: settle that (GET …/conflicts).`,
  );
}

function gone({ row }: SpaceAccess, id: string): ApiProblem {
  return new ApiProblem(
    404,
    'entry_not_found',
    `Space ${row.id} has no entry ${id}. If it was removed, its history is kept, and any version of it can be restored.`,
  );
}

/** The saved entry. Throws the 404 if it was removed in the meantime. */
export function present(access: SpaceAccess, id: string, entry: Entry | null): Entry {
  if (entry === null) throw gone(access, id);
  return entry;
}

/** The space's kind of this name. Throws 422 `kind_not_found`. */
export function kindNamed(access: SpaceAccess, name: string): Kind {
  const { row } = access;
  const kinds = kindsOf(row.kinds);
  const kind = kinds.find((known) => known.name === name);
  if (kind !== undefined) return kind;
  const seen = kinds.flatMap((known) => (access.may('reader', known.name) ? [known.name] : []));
  throw new ApiProblem(
    422,
    'kind_not_found',
    `Space ${row.id} has no kind ${name}. It has ${seen.join(', ')}.`,
  );
}
