import { listVersions } from '../../../db/knowledge/history/history.ts';
import { listSavedTexts } from '../../../db/knowledge/save-marks.ts';
import {
  stateBefore,
  type EarlierState,
} from '../../../knowledge/environments/change-environment.ts';
import { environmentKind } from '../../../knowledge/environments/read-environment.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { kindNamed } from '../entries/open-entry.ts';
import { textOfVersion } from '../history/text-of-version.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';

/** How far back a previous value is looked for. */
const mostVersions = 100;

/**
 * The newest earlier state of an environment's file in which it, or an entry in it, pointed elsewhere, or at this commit: by the saves that
 * are not in Git yet, and then by the history of the file. `null` if there is none.
 */
export async function findEarlierState(
  deps: ApiDeps,
  access: SpaceAccess,
  file: Entry,
  entry: string | null,
  commit: string | null,
): Promise<EarlierState | null> {
  const kind = kindNamed(access, environmentKind);
  const read = (text: string | null): EntryFields[] =>
    text === null ? [] : [readEntry(text, kind).fields];
  const now = readEntry(file.headText ?? '', kind).fields;
  const spaceId = access.row.id;
  if (file.waiting) {
    const saved = await listSavedTexts(deps.db, spaceId, file.id);
    const state = stateBefore(now, saved.flatMap(read), entry, commit);
    if (state !== null) return state;
  }
  const page = { kinds: [environmentKind], limit: mostVersions, before: null };
  for (const { blobId, sha } of await listVersions(deps.db, spaceId, file.id, page)) {
    if (blobId === null) continue;
    const text = await textOfVersion(deps, access.row, blobId, sha);
    const state = stateBefore(now, read(text), entry, commit);
    if (state !== null) return state;
  }
  return null;
}

/** Like {@link findEarlierState}, of any that points elsewhere. Throws 409 `nothing_before` if it never did. */
export async function earlierState(
  deps: ApiDeps,
  access: SpaceAccess,
  file: Entry,
  entry: string | null,
): Promise<EarlierState> {
  const state = await findEarlierState(deps, access, file, entry, null);
  if (state !== null) return state;
  throw new ApiProblem(
    409,
    'nothing_before',
    `${entry === null ? file.id : `${entry} in ${file.id}`} did not point elsewhere in the last ${mostVersions} versions of its file. Say where \`to\`.`,
  );
}
