import type { Settlement } from '../model/conflict.ts';
import type { Kind, MergeResult } from '../model/entry.ts';

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

/**
 * Merges an entry's front matter by key (lists that the schema calls sets as sets) and its body line by line, and
 * lays what is mine over Git's bytes. Only what truly clashes is a conflict.
 */
export function mergeEntries(input: MergeInput): Promise<MergeResult> {
  throw new Error(`Not built yet: ${input.kind.name}`);
}

/** A settlement that cannot be applied; the message says which part is wrong. */
export class BadSettlement extends Error {
  override readonly name = 'BadSettlement';
}

/**
 * The text that a conflict is settled to (`null`: removed). `git` and `mine` decide the parts that clash; all
 * else is merged. Throws {@link BadSettlement} where a part is unknown or left out, or a value cannot be put in.
 */
export function settleConflict(input: MergeInput, settlement: Settlement): Promise<string | null> {
  throw new Error(`Not built yet: ${input.kind.name} ${Object.keys(settlement).join()}`);
}
