import type { Db } from '../../../db/connect.ts';
import type { WaitingSaveBatch } from '../../../db/knowledge/save-batches.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import {
  forgetRefused,
  listRefused,
  type StoredRefusal,
} from '../../../db/streams/refused-files.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { contentKey, noBlob } from '../../../model/streams/refusal.ts';

/** After this many milliseconds, what the host refused is sent again: its rules may be others by now. */
const retriedAfter = 24 * 3_600_000;

/** The texts that the Git host refuses, each at its path. */
export class RefusedTexts {
  readonly #rules: ReadonlyMap<string, string>;

  constructor(refused: readonly Pick<StoredRefusal, 'path' | 'blobId' | 'rule'>[]) {
    this.#rules = new Map(refused.map((file) => [contentKey(file), file.rule]));
  }

  /** What the host said when it refused this text at this path, or its removal (`null`); `null` if it did not. */
  why(path: string, text: string | null): string | null {
    if (this.#rules.size === 0) return null;
    return this.#rules.get(contentOf(path, text)) ?? null;
  }

  /** Like {@link why}, for all that a save of this text does: also that a file goes from where it was. */
  whyOf({ path, movingTo }: Pick<Entry, 'path' | 'movingTo'>, text: string | null): string | null {
    if (text === null || movingTo === null || movingTo === path) return this.why(path, text);
    return this.why(movingTo, text) ?? this.why(path, null);
  }
}

function contentOf(path: string, text: string | null): string {
  return contentKey({ path, blobId: text === null ? noBlob : textBlobId(text) });
}

/**
 * What the host has refused of a space's files. Forgets what was refused a day ago, and what no longer waits, except for
 * index files, which are made anew each time.
 */
export async function readRefusedTexts(
  db: Db,
  spaceId: string,
  { batches, entries }: { batches: readonly WaitingSaveBatch[]; entries: readonly Entry[] },
  isIndex: (path: string) => boolean,
): Promise<RefusedTexts> {
  const stream = spaceStream(spaceId);
  const stored = await listRefused(db, stream);
  if (stored.length === 0) return new RefusedTexts([]);
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const waiting = new Set(
    batches.flatMap(({ saves }) =>
      saves.flatMap(({ entryId, currentText: text }) => {
        const { path = '', movingTo = null } = known.get(entryId) ?? {};
        const moved = movingTo === null ? [] : [contentOf(movingTo, text), contentOf(path, null)];
        return [contentOf(path, text), ...moved];
      }),
    ),
  );
  const oldest = Date.now() - retriedAfter;
  const counts = (file: StoredRefusal) =>
    file.refusedAt.getTime() > oldest && (waiting.has(contentKey(file)) || isIndex(file.path));
  const kept = stored.filter(counts);
  const keptPaths = new Set(kept.map(({ path }) => path));
  const past = stored.flatMap(({ path }) => (keptPaths.has(path) ? [] : [path]));
  await forgetRefused(db, stream, past);
  return new RefusedTexts(kept);
}
