import { findEntry } from '../../../db/knowledge/entries.ts';
import { environmentKind, isProtectedText } from '../../../knowledge/environments/read-environment.ts'; // prettier-ignore
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { AskedSave } from '../entries/asked-save.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/**
 * Throws 403 `environment_protected` if a save would change a protected environment and the caller is no publisher. What counts
 * is the file as it is before the save.
 */
export async function requireUnprotected(
  { db }: Pick<ApiDeps, 'db'>,
  access: SpaceAccess,
  { id, kind }: Pick<AskedSave, 'id' | 'kind'>,
): Promise<void> {
  if (kind.name !== environmentKind || access.may('publisher', kind.name)) return;
  const entry = await findEntry(db, access.row.id, id);
  const isThere = entry !== null && entry.headBlob !== null && entry.kind === environmentKind;
  if (!isThere || !isProtectedText(entry.headText ?? '', kind)) return;
  throw new ApiProblem(
    403,
    'environment_protected',
    `The environment ${id} is protected: only a publisher may change it. Ask one, or use another environment.`,
  );
}
