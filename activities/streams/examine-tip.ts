import type { StreamCommit, StreamHistory, Tip } from '../../git/types.ts';
import type { FailureCode } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';

/** What a stream expects of a tip. */
export interface TipExpectation {
  stream: StreamId;
  installationId: string;
  /** The last commit that we know of; `null` where none was delivered yet. */
  deliveredSha: string | null;
  /** A person has said that the mirror may write over what is there. */
  approved: boolean;
}

/** What a tip says of a stream. */
export type TipExamination =
  | { kind: 'held'; code: FailureCode; message: string }
  | {
      kind: 'ours';
      /** The stream's commits that the database does not know of, newest first. */
      newer: StreamCommit[];
      /** Whether any commit of this stream is on the branch. */
      delivered: boolean;
    };

/**
 * Looks for a stream's commits on a tip, and whether the branch is as we left it. Where it is not,
 * the answer is `held` with what a person can do, unless one approved already.
 */
export async function examineTip(tip: Tip, expectation: TipExpectation): Promise<TipExamination> {
  const { stream, installationId, deliveredSha, approved } = expectation;
  if (tip.sha === null) {
    if (deliveredSha === null || approved) return { kind: 'ours', newer: [], delivered: false };
    return held(
      'branch_gone',
      `The branch is gone: our last commit there was ${deliveredSha}. Restore it, or approve that it is made anew.`,
    );
  }
  if (tip.sha === deliveredSha) return { kind: 'ours', newer: [], delivered: true };
  const history = await tip.findStream(stream, deliveredSha);
  if (approved) return ours(history);
  const foreign = history.newer.find(({ trailers }) => trailers.installation !== installationId);
  if (foreign !== undefined) {
    return held(
      'foreign_installation',
      `Commit ${foreign.sha} of this stream was made by another Gitward (${foreign.trailers.installation}). ` +
        'End the mirror there, then approve it here.',
    );
  }
  if (deliveredSha !== null && !history.knownFound) {
    return held(
      'history_lost',
      `Our last commit ${deliveredSha} is not in the branch any more: its history was rewritten. ` +
        'Restore the branch, or approve that the mirror goes on from what is there.',
    );
  }
  return ours(history);
}

function ours({ newer, knownFound }: StreamHistory): TipExamination {
  return { kind: 'ours', newer, delivered: knownFound || newer.length > 0 };
}

function held(code: FailureCode, message: string): TipExamination {
  return { kind: 'held', code, message };
}
