import { findPushed } from '../../db/streams/pushed-commits.ts';
import type { Db } from '../../db/connect.ts';
import type { Held, StreamCommit, Tip } from '../../git/types.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** What a stream expects of a tip. */
export interface TipExpectation {
  /** The last commit that we know of; `null` where none was delivered yet. */
  deliveredSha: string | null;
  /** A person has said that we may write over what is there. */
  approved: boolean;
}

/** A commit that an attempt of ours pushed, with its batches. */
export interface OwnCommit {
  sha: string;
  batches: readonly string[];
}

/** What a tip says of a stream. */
export interface TipExamination {
  kind: 'ours';
  /** The commits that are of this stream, or say so, and are newer than what we know of, newest first. */
  newer: StreamCommit[];
  /** Those of them that are surely ours: they were recorded before they were pushed. */
  own: OwnCommit[];
  /**
   * Whether some of them were not recorded: the database was restored, or somebody forged them. They prove nothing, so
   * all that we write has to be compared with what is there.
   */
  unproven: boolean;
  /** Whether the branch holds a commit that is surely ours. */
  delivered: boolean;
}

/** What {@link examineTip} needs. */
export interface TipExaminer {
  db: Db;
  /** This installation's id, as commits carry it. */
  installationId: string;
}

/**
 * Looks for a stream's commits on a tip, and whether the branch is as we left it. Where it is not,
 * the answer is `held` with what a person can do, unless one approved already.
 */
export async function examineTip(
  { db, installationId }: TipExaminer,
  tip: Tip,
  stream: StreamId,
  { deliveredSha, approved }: TipExpectation,
): Promise<TipExamination | Held> {
  if (tip.sha === null)
    return deliveredSha === null || approved ? examined([], false) : branchGone(deliveredSha);
  if (tip.sha === deliveredSha) return examined([], true);
  const { newer, knownFound } = await tip.findStream(stream, deliveredSha, (shas) =>
    findPushed(db, stream, shas),
  );
  if (approved) return examined(newer, knownFound);
  // What lies below a commit of this installation was taken over once: only what came since can hold.
  const [newest] = newer;
  const madeBy = newest?.trailers?.installation ?? installationId;
  if (newest !== undefined && madeBy !== installationId)
    return foreignInstallation(newest.sha, madeBy);
  if (deliveredSha !== null && !knownFound) return historyLost(deliveredSha);
  return examined(newer, knownFound);
}

function examined(newer: StreamCommit[], knownFound: boolean): TipExamination {
  const own = newer.flatMap(({ sha, recorded }) =>
    recorded === null ? [] : [{ sha, batches: recorded }],
  );
  return {
    kind: 'ours',
    newer,
    own,
    unproven: own.length < newer.length,
    delivered: knownFound || own.length > 0,
  };
}

/** The branch that we delivered to is gone. */
export function branchGone(deliveredSha: string): Held {
  return held(
    'branch_gone',
    `The branch is gone: our last commit there was ${deliveredSha}. Restore it, or approve that it is made anew.`,
  );
}

/** The branch does not hold our last commit any more. */
export function historyLost(deliveredSha: string): Held {
  return held(
    'history_lost',
    `Our last commit ${deliveredSha} is not in the branch any more: its history was rewritten. ` +
      'Restore the branch, or approve that Gitward goes on from what is there.',
  );
}

/** Another Gitward delivers this stream to the same branch. */
export function foreignInstallation(sha: string, installation: string): Held {
  return held(
    'foreign_installation',
    `Commit ${sha} of this stream was made by another Gitward (${installation}). ` +
      'End the mirror there, then approve it here.',
  );
}

function held(code: FailureCode, message: string): Held {
  return { kind: 'held', code, message };
}
