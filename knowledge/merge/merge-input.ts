import type { Kind } from '../../model/knowledge/entry.ts';

/** A piece of a merged text: what `git merge-file --diff3` says. */
export type MergedChunk =
  { kind: 'same'; text: string } | { kind: 'conflict'; base: string; git: string; mine: string };

/** Merges three texts line by line; `null` where they are too large or it takes too long. */
export type MergeTexts = (texts: {
  base: string;
  git: string;
  mine: string;
}) => Promise<MergedChunk[] | null>;

/** Three versions of an entry; `null` is an entry that is not there. */
export interface MergeInput {
  kind: Kind;
  base: string | null;
  git: string | null;
  mine: string | null;
  mergeTexts: MergeTexts;
}
