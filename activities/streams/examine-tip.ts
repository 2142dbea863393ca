import { findPushed } from '../../db/streams/pushed-commits.ts';
import type { Db } from '../../db/connect.ts';
import type { Held, StreamCommit, StreamHistory, Tip } from '../../git/types.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** What a stream expects of a tip. */
export interface TipExpectation {
  /** The last commit that we know about; `null` if none has been delivered yet. */
  deliveredSha: string | null;
  /** Whether a person has allowed us to overwrite what is there. */
  approved: boolean;
}

/** A commit that an attempt of ours pushed, with its batches. */
export interface OwnCommit {
  sha: string;
  batches: readonly string[];
}

/** What a tip says about a stream. */
export interface TipExamination {
  kind: 'ours';
  /** The commits that belong to this stream, or claim to, and are newer than the one we know, newest first. */
  newer: StreamCommit[];
  /** Those of them that are certainly ours: they were recorded before they were pushed. */
  own: OwnCommit[];
  /**
   * Whether some of them prove nothing about the tree, so that everything that we write has to be compared with what is
   * there: they were not recorded (the database was restored, or somebody forged them), or they were merged into another
   * line, and the merge may have left out what they wrote.
   */
  unproven: boolean;
  /** Whether some of them were merged into another line. */
  merged: boolean;
  /** Whether the branch has a commit that is certainly ours. */
  delivered: boolean;
}

/** What {@link examineTip} needs. */
export interface TipExaminer {
  db: Db;
  /** This installation's id, as written in commits. */
  installationId: string;
}

/**
 * Looks for a stream's commits on a tip, and checks whether the branch is as we left it. If it is not,
 * returns `held` with what a person can do, unless a person has already approved it.
 */
export async function examineTip(
  { db, installationId }: TipExaminer,
  tip: Tip,
  stream: StreamId,
  { deliveredSha, approved }: TipExpectation,
): Promise<TipExamination | Held> {
  if (tip.sha === null)
    return deliveredSha === null || approved ? examined(nothing) : branchGone(deliveredSha);
  if (tip.sha === deliveredSha) return examined({ ...nothing, knownFound: true });
  const history = await tip.findStream(stream, deliveredSha, (shas) =>
    findPushed(db, stream, shas),
  );
  if (approved) return examined(history);
  // What is below a commit of this installation was accepted before: only what came after it can make us hold.
  const [newest] = history.newer;
  const madeBy = newest?.trailers?.installation ?? installationId;
  if (newest !== undefined && madeBy !== installationId)
    return foreignInstallation(newest.sha, madeBy);
  if (deliveredSha !== null && !history.knownFound) return historyLost(deliveredSha);
  return examined(history);
}

type Seen = Pick<StreamHistory, 'newer' | 'knownFound' | 'merged'>;

const nothing: Seen = { newer: [], knownFound: false, merged: false };

function examined({ newer, knownFound, merged }: Seen): TipExamination {
  const own = newer.flatMap(({ sha, recorded }) =>
    recorded === null ? [] : [{ sha, batches: recorded }],
  );
  return {
    kind: 'ours',
    newer,
    own,
    unproven: merged || own.length < newer.length,
    merged,
    delivered: knownFound || own.length > 0,
  };
}

/** The branch that we delivered to no longer exists. */
export function branchGone(deliveredSha: string): Held {
  return held(
    'branch_gone',
    `The branch no longer exists: our last commit there was ${deliveredSha}. Restore it, or approve that Gitward creates it again.`,
  );
}

/** The branch no longer contains our last commit. */
export function historyLost(deliveredSha: string): Held {
  return held(
    'history_lost',
    `Our last commit ${deliveredSha} is no longer in the branch: its history was rewritten. ` +
      'Restore the branch, or approve that Gitward continues from what is there.',
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
