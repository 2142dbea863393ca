import type { Kind } from '../../model/knowledge/entry.ts';

/** A piece of a merged text, as reported by `git merge-file --diff3`. */
export type MergedChunk =
  { kind: 'same'; text: string } | { kind: 'conflict'; base: string; git: string; mine: string };

/** Merges three texts line by line. `null` if they are too large or it takes too long. */
export type MergeTexts = (texts: {
  base: string;
  git: string;
  mine: string;
}) => Promise<MergedChunk[] | null>;

/** Three versions of an entry. `null` means that the entry does not exist. */
export interface MergeInput {
  kind: Kind;
  base: string | null;
  git: string | null;
  mine: string | null;
  mergeTexts: MergeTexts;
  /** Whether each difference between Git and mine is for a person to decide, even if only one of them changed it. */
  eachDifference?: boolean;
}
