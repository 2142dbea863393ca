import { listPassedVersions } from '../../../db/knowledge/history/space-commits.ts';
import type { Db } from '../../../db/connect.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { EntryContents } from './entry-contents.ts';

/** More commits than this are not gone through one by one: then what they changed together decides. */
const mostVersions = 200;
/** In characters; a text may have a million. */
const mostText = 16 * 1024 * 1024;

/**
 * The texts that the commits of a reading left of each entry with waiting saves, oldest first: entry → texts. Empty if
 * these are too many. `after` is the position of the last commit that was taken over before.
 */
export async function readPassedTexts(
  db: Db,
  reading: {
    spaceId: string;
    after: number;
    kinds: readonly Kind[];
    contents: EntryContents;
  },
): Promise<Map<string, string[]>> {
  const { spaceId, after, kinds, contents } = reading;
  const passed = new Map<string, string[]>();
  const versions = await listPassedVersions(db, spaceId, { after, limit: mostVersions + 1 });
  if (versions.length > mostVersions) return passed;
  const kindNamed = new Map(kinds.map((kind) => [kind.name, kind]));
  let length = 0;
  for (const { entryId, kind: name, blobId } of versions) {
    const kind = kindNamed.get(name);
    if (kind === undefined) continue;
    const { text } = (await contents.read([{ kind, blobId }]))({ kind, blobId });
    length += text?.length ?? 0;
    if (length > mostText) return new Map();
    if (text !== null) passed.set(entryId, [...(passed.get(entryId) ?? []), text]);
  }
  return passed;
}
