import { contentOf, present, requireDone } from '../answers.ts';
import type { ReviewHost, Spoken, Word } from '../types.ts';
import { giteaUser, user as userAnswer } from './pull-request.ts';
import { name, readReviews, type Call } from './read.ts';

/** The part of Gitea's API in which somebody says what they think of a pull request. */
export function verdictsOf(
  call: Call,
): Pick<ReviewHost, 'comment' | 'user' | 'approve' | 'requestChanges' | 'takeBack'> {
  async function comment(number: number, text: string): Promise<void> {
    const answer = await call('POST', `/issues/${number}/comments`, { body: text });
    requireDone(answer, { name, for: `to comment on pull request ${number}` });
  }

  async function user(): ReturnType<ReviewHost['user']> {
    const asked = { name, for: 'whose the credential is' };
    return present(giteaUser(contentOf(userAnswer, await call('GET', '/user'), asked)), asked);
  }

  async function review(
    number: number,
    event: 'APPROVED' | 'REQUEST_CHANGES',
    { sha, comment: body }: Word,
  ): Promise<Spoken> {
    const answer = await call('POST', `/pulls/${number}/reviews`, { event, commit_id: sha, body });
    // "approve your own pull is not allowed", "reject your own pull is not allowed"
    if (answer.status === 422) return /your own/i.test(answer.words) ? 'own' : 'not_allowed';
    if (answer.status === 403) return 'not_allowed';
    requireDone(answer, { name, for: `to review pull request ${number}` });
    return 'said';
  }

  return {
    ...{ comment, user },
    approve: (number, word) => review(number, 'APPROVED', word),
    // Gitea takes no wish for changes without words.
    requestChanges: (number, { sha, comment: text }) =>
      review(number, 'REQUEST_CHANGES', { sha, comment: text || 'Please see Gitward.' }),

    // Only admins of a repository dismiss reviews; everybody may delete their own.
    async takeBack(number, text) {
      const { login } = await user();
      const own = (await readReviews(call, number)).filter(
        ({ state, dismissed, user: by }) =>
          by?.login === login &&
          dismissed !== true &&
          (state === 'APPROVED' || state === 'REQUEST_CHANGES'),
      );
      for (const { id } of own) {
        const answer = await call('DELETE', `/pulls/${number}/reviews/${id}`);
        if (answer.status === 403) return 'not_allowed';
        if (answer.status === 404) continue;
        requireDone(answer, { name, for: `to take back a review of ${number}` });
      }
      if (text !== '') await comment(number, text);
      return 'said';
    },
  };
}
