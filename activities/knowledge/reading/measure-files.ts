import { readSpaceSize } from '../../../db/knowledge/space-size.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { maxEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import type { ReadingLimits } from '../../../model/knowledge/reading-limits.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { tooManyFiles } from './file-paths.ts';
import type { BranchReading } from './read-branch.ts';

/** The sizes in bytes of blobs that are stored, by id. Larger ones than an entry may have are not stored. */
export type BlobSizes = ReadonlyMap<string, number>;

/** How many blobs are asked about at once. */
const blobsAtOnce = 5_000;
/** What a change may bring without the whole space being measured. */
const small = { files: 100, text: 1024 * 1024 };

/**
 * Measures what a reading will store, before anything is read. Throws `StreamFailure` (`too_many_files`,
 * `too_much_text`) if the space would be larger than the limits allow.
 */
export async function measureFiles(
  { db, readingLimits: limits }: Pick<ActivityDependencies, 'db' | 'readingLimits'>,
  { row, clone, pause }: { row: Space; clone: Clone; pause: () => Promise<void> },
  { found, removed, everything }: Pick<BranchReading, 'found' | 'removed' | 'everything'>,
): Promise<BlobSizes> {
  const sizes = new Map<string, number>();
  const ids = [...new Set(found.map(({ blobId }) => blobId))];
  for (let start = 0; start < ids.length; start += blobsAtOnce) {
    for (const [id, size] of await clone.sizes(ids.slice(start, start + blobsAtOnce)))
      sizes.set(id, size > maxEntryBytes ? 0 : size);
    await pause();
  }
  const text = found.reduce((sum, { blobId }) => sum + (sizes.get(blobId) ?? 0), 0);
  requireWithin(limits, { files: found.length, text });
  if (found.length > small.files || text > small.text) {
    const changed = [...found.map(({ path }) => path), ...removed];
    const others = everything ? { files: 0, text: 0 } : await readSpaceSize(db, row.id, changed);
    requireWithin(limits, { files: others.files + found.length, text: others.text + text });
  }
  return sizes;
}

function requireWithin(
  limits: ReadingLimits,
  { files, text }: { files: number; text: number },
): void {
  if (files > limits.files) throw tooManyFiles(limits.files);
  if (text > limits.text) throw tooMuchText(limits.text, text);
}

function tooMuchText(most: number, text: number): StreamFailure {
  return new StreamFailure(
    'too_much_text',
    `The files of the space have ${mebibytes(text)} MiB together (the same content at several paths counts each time), ` +
      `more than ${mebibytes(most)} MiB. Remove some, divide the space, or raise GITWARD_MAX_SPACE_MIB.`,
  );
}

function mebibytes(bytes: number): string {
  return Math.ceil(bytes / 1024 ** 2).toLocaleString('en');
}
