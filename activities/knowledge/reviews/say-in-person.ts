import { noteHostTokenRefused, openHostToken } from '../../../db/access/host-tokens.ts';
import {
  noteApprovalTelling,
  type ReviewApproval,
} from '../../../db/knowledge/reviews/review-approvals.ts';
import type { HostUser, PullRequest, ReviewHost, Spoken } from '../../../hosts/reviews/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { plain } from './describe-review.ts';
import type { FollowedReview } from './followed-review.ts';

/** How a host comes to know what somebody said. */
export type Telling =
  /** It has it in the person's own name. */
  | { kind: 'said' }
  /** As a comment of ours; `why` is empty if the person has no token for the host. */
  | { kind: 'comment'; why: string }
  /** It cannot be asked with the person's token now. */
  | { kind: 'later'; why: string };

/** A pull request, and what somebody said about it. */
export interface PersonalWord {
  host: ReviewHost;
  seen: PullRequest;
  word: ReviewApproval;
  /** What the same person said before. */
  earlier: readonly ReviewApproval[];
}

/** For how long after it was said a word waits for a host that cannot be asked, in milliseconds. */
const patience = 60 * 60_000;

const asComment = (why = ''): Telling => ({ kind: 'comment', why });

/**
 * Says at the host in a person's own name what they said here, with the token that they stored for that. Whatever is wrong with
 * their token is about that alone: it neither stops the review, nor says anything about the space's credential.
 */
export async function sayInPerson(
  followed: FollowedReview,
  personal: PersonalWord,
): Promise<Telling> {
  const { deps, row, execution } = followed;
  const { host, seen, word, earlier } = personal;
  // What an admin took back for them, they did not say.
  if (word.dismissedBy !== null) return asComment();
  const hadSaid = earlier.some(({ toldAs }) => toldAs === 'approval');
  if (word.verdict === 'withdrawn' && !hadSaid) return asComment();
  const opened = await openHostToken(deps, word, row.repositoryUrl);
  if (opened === null) return asComment();
  if (opened.isRefused) return asComment(replaceToken(host));
  // A host would count it for what is there now, which the person has not seen.
  if (word.verdict !== 'withdrawn' && word.headSha !== seen.source.sha)
    return asComment('Somebody changed the branch before the host was told.');
  try {
    const credential = { username: 'x-access-token', password: opened.token };
    const repository = { url: row.repositoryUrl, credential };
    const own = await deps.reviewHosts.open(repository, { signal: execution.signal });
    if (own === null) return asComment();
    const user = await own.user();
    if (await isOurs(host, seen, user)) return asComment(whys.own(host));
    if (hasSaid(seen, user, word)) return { kind: 'said' };
    // Before it is said, so that it can be taken back even if the answer is lost.
    await noteApprovalTelling(deps.db, word.id);
    const spoken = await say(own, personal);
    if (spoken === 'no_way' && hadSaid) await own.takeBack(seen.number, '');
    return spoken === 'said' ? { kind: 'said' } : asComment(whys[spoken](host));
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    if (error.code === 'credential_refused' && error.wider?.of === 'credential') {
      await noteHostTokenRefused(deps.db, opened.id);
      return asComment(replaceToken(host));
    }
    if (!isPassing(error)) return asComment(whys.not_allowed(host));
    const why = `${host.name} cannot be asked with the token that ${word.person.name} stored for it.`;
    return Date.now() - word.at.getTime() < patience ? { kind: 'later', why } : asComment(why);
  }
}

function say(own: ReviewHost, { seen, word }: PersonalWord): Promise<Spoken> {
  const comment = word.comment.split('\n').map(plain).join('\n');
  const sha = word.headSha ?? '';
  switch (word.verdict) {
    case 'approved':
      return own.approve(seen.number, { sha, comment });
    case 'changes_requested':
      return own.requestChanges(seen.number, { sha, comment });
    case 'withdrawn':
      return own.takeBack(seen.number, comment);
  }
}

/** Whether a user is the one whose credential the space has, who opened the pull request: nobody approves in that name. */
async function isOurs(host: ReviewHost, seen: PullRequest, user: HostUser): Promise<boolean> {
  if (seen.author !== null && sameLogin(seen.author, user)) return true;
  // The token of an application or a repository has no user.
  const ours = await host.user().catch((error: unknown) => {
    if (error instanceof StreamFailure) return null;
    throw error;
  });
  return ours !== null && sameLogin(ours, user);
}

/** Whether the host has it already: its answer was lost, or the person said it there. */
function hasSaid({ approvals }: PullRequest, user: HostUser, word: ReviewApproval): boolean {
  return approvals.some(
    ({ user: by, verdict, sha }) =>
      sameLogin(by, user) && verdict === word.verdict && (sha === null || sha === word.headSha),
  );
}

/** Hosts tell logins apart without regard to case. */
function sameLogin(one: HostUser, other: HostUser): boolean {
  return one.login.toLowerCase() === other.login.toLowerCase();
}

/** Whether the same may work later: the host is away, or limits how often the token may ask. */
function isPassing({ code, wider }: StreamFailure): boolean {
  return wider?.of === 'rate' || code === 'repository_unreachable' || code === 'repository_timeout';
}

function replaceToken({ name }: ReviewHost): string {
  return `${name} does not take the token that they stored for it: they have to replace it (gitward host-tokens set).`;
}

const whys: Record<Exclude<Spoken, 'said'>, (host: ReviewHost) => string> = {
  own: ({ name }) =>
    `The token that they stored for ${name} is that of the user who opened the pull request.`,
  not_allowed: ({ name }) =>
    `${name} does not let them say that about this pull request with the token that they stored for it.`,
  no_way: ({ name }) => `${name} has no way to ask for changes in somebody’s name.`,
};
