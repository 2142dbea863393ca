import { findEntry, textInGit, type Entry } from '../../../db/knowledge/entries.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import type { ReviewItem } from '../../../db/knowledge/reviews/reviews.ts';
import { plannedCommit } from '../../../git/planned-commit.ts';
import type { CommitMessage, FileChange, Plan, Tip } from '../../../git/types.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { mergeEntries } from '../../../knowledge/merge/merge-entries.ts';
import type { MergeInput } from '../../../knowledge/merge/merge-input.ts';
import { messageOf } from '../../../model/knowledge/review.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { findPushed } from '../../../db/streams/pushed-commits.ts';
import { recordAttempt } from '../../streams/record-attempt.ts';
import { composeSaves } from '../sync/compose-saves.ts';
import type { FollowedReview } from './followed-review.ts';

/** What became of a review's branch. */
export type PushedReview =
  /** It is there, and is ours. `base` is the commit that it begins at; `null` if an earlier attempt pushed it. */
  | { kind: 'pushed'; head: string; base: string | null }
  /** The space's branch has everything already. */
  | { kind: 'nothing' }
  /** Somebody else has a branch of that name. */
  | { kind: 'taken' }
  /** Somebody changed the same in this file since. */
  | { kind: 'clash'; path: string }
  /** The database has not read the space's branch as it is now. */
  | { kind: 'behind' };

/**
 * Pushes the branch of a review: one commit on the space's branch, with each entry as it was saved, merged with what has
 * been pushed since. The commit is recorded before the push, so that an attempt whose answer was lost is recognised.
 */
export async function pushReview(
  { deps, row, remote, review, execution: { signal, step } }: FollowedReview,
  items: readonly ReviewItem[],
): Promise<PushedReview> {
  const seen: { start: string | null; found: PushedReview | null } = { start: null, found: null };

  async function planOn(tip: Tip): Promise<Plan> {
    if (tip.sha !== null) {
      const found = await findPushed(deps.db, spaceStream(row.id), [tip.sha]);
      const isOurs = found.get(tip.sha)?.includes(review.id) ?? false;
      seen.found = isOurs ? { kind: 'pushed', head: tip.sha, base: null } : { kind: 'taken' };
      return { kind: 'nothing' };
    }
    seen.start = tip.start?.sha ?? null;
    seen.found = null;
    const changes = await changesOn(tip);
    if (!Array.isArray(changes)) seen.found = changes;
    else if (changes.length === 0) seen.found = { kind: 'nothing' };
    if (!Array.isArray(changes) || changes.length === 0) return { kind: 'nothing' };
    return { kind: 'commits', commits: [plannedCommit(changes, commitMessage(), trailers)] };
  }

  const trailers = {
    ...{ stream: spaceStream(row.id), installation: deps.installationId },
    ...{ batches: [review.id], through: 0, reason: 'changes' as const },
  };

  function commitMessage(): CommitMessage {
    const message = messageOf(review);
    const told = items.map((item) => ({
      ...item,
      kind: item.kind ?? 'file',
      via: 'api' as const,
      message,
    }));
    return {
      author: review.author,
      coAuthors: [],
      authoredAt: review.createdAt,
      ...composeSaves(told),
    };
  }

  async function changesOn(tip: Tip): Promise<FileChange[] | PushedReview> {
    step('reading what the review changes');
    const kinds = kindsOf(row.kinds);
    const changes: FileChange[] = [];
    const entries = new Map<ReviewItem, Entry | null>();
    for (const item of items) entries.set(item, await findEntry(deps.db, row.id, item.entryId));
    const pathOf = (item: ReviewItem) => gitEntry(entries.get(item))?.path ?? item.path;
    const paths = items.flatMap((item) => [pathOf(item), item.moveTo ?? pathOf(item)]);
    const objects = await tip.objectsAt([...new Set(paths)]);
    for (const item of items) {
      const entry = gitEntry(entries.get(item));
      const path = pathOf(item);
      const there = objects.get(path) ?? null;
      if ((there?.id ?? null) !== (entry?.gitBlob ?? null))
        // A path that somebody else has taken stays taken, whatever is read.
        return tip.start?.sha === row.syncedSha ? { kind: 'clash', path } : { kind: 'behind' };
      const git = entry === null ? null : textInGit(entry);
      const kind = kinds.find(({ name }) => name === item.kind);
      const text =
        kind === undefined || git === item.baseText
          ? item.text
          : await merged({ kind, base: item.baseText, git, mine: item.text });
      if (text === undefined) return { kind: 'clash', path };
      const target = item.moveTo ?? path;
      if (target !== path && objects.has(target)) return { kind: 'clash', path: target };
      if (target === path && (text === null ? there === null : there?.id === textBlobId(text)))
        continue;
      const executable = there?.executable ?? false;
      if (there !== null && (text === null || target !== path))
        changes.push({ path, content: null });
      if (text !== null) changes.push({ path: target, content: Buffer.from(text), executable });
    }
    return changes;
  }

  /** `undefined`: both sides changed the same. */
  async function merged(sides: Omit<MergeInput, 'mergeTexts'>): Promise<string | null | undefined> {
    const result = await mergeEntries({ ...sides, mergeTexts: deps.texts.merge });
    return result.kind === 'clean' ? result.text : undefined;
  }

  const to = { ...remote, branch: review.branch, startFrom: row.repositoryBranch };
  const done = await deps.git.deliver<CommitMessage, Plan>(to, planOn, {
    signal,
    onProgress: step,
    beforePush: async (built) => {
      const [pushedSha] = built.commits.filter((sha) => sha !== null);
      if (pushedSha !== undefined) await noteReview(deps.db, review, { pushedSha });
      await recordAttempt(deps.db, spaceStream(row.id), built);
    },
  });
  if (seen.found !== null) return seen.found;
  const head = done.commits[0] ?? done.tip;
  if (head === null) throw new Error('The branch of a review is gone right after it was pushed.');
  return { kind: 'pushed', head, base: seen.start };
}

/** The entry, if it is a file in Git. */
function gitEntry(entry: Entry | null | undefined): Entry | null {
  return entry?.gitBlob == null ? null : entry;
}
