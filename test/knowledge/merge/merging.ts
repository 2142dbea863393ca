import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import type { MergeInput } from '../../../knowledge/merge/merge-input.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { EntryFields, Kind } from '../../../model/knowledge/entry.ts';
import { customer } from './merged-kinds.ts';

export { customer, settings } from './merged-kinds.ts';

const directory = await mkdtemp(join(tmpdir(), 'merge-entries-'));
afterAll(() => rm(directory, { recursive: true }));

/** Merges texts with the real Git, as the product does. */
export const mergeTexts = createGitTextTools({ directory }).merge;

/** Three versions to be merged. */
export function merging(
  texts: Pick<MergeInput, 'base' | 'git' | 'mine'>,
  kind: Kind = customer,
): MergeInput {
  return { ...texts, kind, mergeTexts };
}

/** The fields in a text. */
export function fieldsOf(text: string | null, kind: Kind = customer): EntryFields {
  return readEntry(text ?? '', kind).fields;
}
