import { listVersions } from '../../../db/knowledge/history/history.ts';
import { listSavedTexts } from '../../../db/knowledge/save-marks.ts';
import { pointerBefore, type Pointer } from '../../../knowledge/environments/change-environment.ts';
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
 * Where an environment, or an entry in it, pointed before: by the saves that are not in Git yet, and then by the history of
 * its file. Throws 409 `nothing_before` if it never pointed elsewhere.
 */
export async function earlierPointer(
  deps: ApiDeps,
  access: SpaceAccess,
  file: Entry,
  entry: string | null,
): Promise<Pointer> {
  const kind = kindNamed(access, environmentKind);
  const read = (text: string | null): EntryFields[] =>
    text === null ? [] : [readEntry(text, kind).fields];
  const now = readEntry(file.headText ?? '', kind).fields;
  const spaceId = access.row.id;
  if (file.waiting) {
    const saved = await listSavedTexts(deps.db, spaceId, file.id);
    const pointer = pointerBefore(now, saved.flatMap(read), entry);
    if (pointer !== null) return pointer;
  }
  const page = { kinds: [environmentKind], limit: mostVersions, before: null };
  for (const { blobId, sha } of await listVersions(deps.db, spaceId, file.id, page)) {
    if (blobId === null) continue;
    const text = await textOfVersion(deps, access.row, blobId, sha);
    const pointer = pointerBefore(now, read(text), entry);
    if (pointer !== null) return pointer;
  }
  throw new ApiProblem(
    409,
    'nothing_before',
    `${entry === null ? file.id : `${entry} in ${file.id}`} did not point elsewhere in the last ${mostVersions} versions of its file. Say where \`to\`.`,
  );
}
