import { githubExample } from './github-description.ts';
import { hasConflict } from './merge-by.ts';
import type { Account, Pull } from './pull.ts';
import type { Pulls } from './pulls.ts';

const users: object = githubExample('simple-user');

/** What GitHub says of an account. */
export function userOf({ login }: Account): object {
  return { ...users, login };
}

/** What GitHub says of a pull request, with the examples of its description for what we do not use. */
export async function pullOf(pulls: Pulls, fullName: string, pull: Pull): Promise<object> {
  const conflict = pull.state === 'open' && (await hasConflict(pulls.repository, pull));
  const target = await pulls.repository.tip(pull.target);
  const isBlocked = pulls.approvalsOf(pull) < pulls.rules.approvals || pull.late > 0;
  const isKnown = pull.state === 'open' && pulls.rules.busyMerges === 0;
  const openState = conflict ? 'dirty' : isBlocked ? 'blocked' : 'clean';
  return {
    ...githubExample('pull-request'),
    ...listedOf(fullName, pull, target ?? ''),
    merged: pull.merged !== null,
    merged_by: pull.merged && userOf(pull.merged.by),
    mergeable: isKnown ? !conflict : null,
    mergeable_state: isKnown ? openState : 'unknown',
  };
}

/** What GitHub says of a pull request in a list. */
export function simplePullOf(fullName: string, pull: Pull): object {
  return { ...githubExample('pull-request-simple-items'), ...listedOf(fullName, pull, pull.head) };
}

function listedOf(fullName: string, pull: Pull, targetSha: string): object {
  const example = githubExample('pull-request') as Record<'head' | 'base', { repo: object }>;
  const [owner] = fullName.split('/');
  const headName = pull.fromFork ? `${owner ?? ''}/a-fork` : fullName;
  return {
    number: pull.number,
    // The example's are older than the description.
    requested_teams: [],
    state: pull.state === 'open' ? 'open' : 'closed',
    title: pull.title,
    body: pull.description,
    user: userOf(pull.author),
    created_at: pull.createdAt,
    merged_at: pull.merged?.at ?? null,
    // Of an open one, GitHub names a commit that only tries the merge.
    merge_commit_sha: pull.merged?.commit ?? 'f'.repeat(40),
    head: {
      ...{ ...example.head, ref: pull.source, sha: pull.head },
      repo: { ...example.head.repo, full_name: headName },
    },
    base: {
      ...{ ...example.base, ref: pull.target, sha: targetSha },
      repo: { ...example.base.repo, full_name: fullName },
    },
  };
}

const states = {
  approved: 'APPROVED',
  changes_requested: 'CHANGES_REQUESTED',
  dismissed: 'DISMISSED',
};

/** What GitHub says of a review. */
export function reviewOf({ id, by, at, sha, verdict, text }: Pull['reviews'][number]): object {
  return {
    ...githubExample('pull-request-review'),
    ...{
      id,
      user: userOf(by),
      body: text,
      state: states[verdict],
      commit_id: sha,
      submitted_at: at,
    },
  };
}
