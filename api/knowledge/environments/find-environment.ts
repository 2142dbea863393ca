import type { Entry } from '../../../db/knowledge/entries.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { environmentKind, presentEnvironment, readEnvironment, type Environment } from '../../../knowledge/environments/read-environment.ts'; // prettier-ignore
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { ValueFault } from '../../../knowledge/templates/variables.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** An environment with its file; without one, it is what every space has. */
export interface FoundEnvironment {
  environment: Environment;
  faults: ValueFault[];
  entry: Entry | null;
}

const present: Environment = {
  ...{
    name: presentEnvironment,
    isProtected: false,
    requiresChecks: false,
    ref: null,
    commit: null,
  },
  entries: new Map(),
  experiments: new Map(),
};

/**
 * The environment of this name, as its file is now. Whoever may read an entry may read it in an environment, so no right to
 * read the file is asked for. Throws 404 `environment_not_found`.
 */
export async function findEnvironment(
  { db }: Pick<ApiDeps, 'db'>,
  { row }: SpaceAccess,
  name: string,
): Promise<FoundEnvironment> {
  if (name === presentEnvironment) return { environment: present, faults: [], entry: null };
  const entry = name.includes('\0') ? null : await findEntry(db, row.id, name);
  if (entry?.headBlob == null || entry.kind !== environmentKind)
    throw environmentNotFound({ row }, name);
  return { ...environmentIn(row.kinds, entry), entry };
}

/** The 404 for an environment that does not exist, or that the caller may not see. */
export function environmentNotFound({ row }: Pick<SpaceAccess, 'row'>, name: string): ApiProblem {
  return new ApiProblem(
    404,
    'environment_not_found',
    `The space ${row.id} has no environment ${name}. Its environments are the files in environments/, and ${presentEnvironment}.`,
  );
}

/** What an environment's file says. */
export function environmentIn(
  own: SpaceAccess['row']['kinds'],
  { id, headText }: Pick<Entry, 'id' | 'headText'>,
): Pick<FoundEnvironment, 'environment' | 'faults'> {
  const kind = kindsOf(own).find(({ name }) => name === environmentKind);
  const read = kind && headText !== null ? readEntry(headText, kind) : null;
  const unread = read?.problems.find(({ code }) => code !== 'schema' && code !== 'duplicate_id');
  const found = readEnvironment(id, read?.fields ?? {});
  if (read !== null && unread === undefined) return found;
  const message = `cannot be read: ${unread?.message ?? 'it is no text of at most 1 MiB'}`;
  return { ...found, faults: [{ pointer: '', message }] };
}

/** The 422 for an environment by which nothing can be read. What is in its file is only told to those who may read it. */
export function environmentBroken(access: SpaceAccess, name: string, why: string): ApiProblem {
  const detail = access.may('reader', environmentKind)
    ? `The environment ${name} of the space ${access.row.id} cannot be used: ${why}`
    : `The environment ${name} of the space ${access.row.id} cannot be used. Somebody who may read its file can see why.`;
  return new ApiProblem(422, 'environment_broken', detail);
}
