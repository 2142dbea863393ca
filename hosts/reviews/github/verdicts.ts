import { cut } from '../../../model/text/outside-text.ts';
import { contentOf, listed, perPage, present, requireDone, userOf } from '../answers.ts';
import type { ReviewHost, Spoken, Word } from '../types.ts';
import { reviews, user as userAnswer } from './pull-request.ts';
import { longestText, name, type Call } from './read.ts';

/** The part of GitHub's API in which somebody says what they think of a pull request. */
export function verdictsOf(
  call: Call,
): Pick<ReviewHost, 'user' | 'approve' | 'requestChanges' | 'takeBack'> {
  async function user(): ReturnType<ReviewHost['user']> {
    const asked = { name, for: 'whose the credential is' };
    return present(userOf(contentOf(userAnswer, await call('GET /user', {}), asked)), asked);
  }

  async function review(
    pull_number: number,
    event: 'APPROVE' | 'REQUEST_CHANGES',
    { sha, comment }: Word,
  ): Promise<Spoken> {
    const answer = await call('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...{ pull_number, commit_id: sha, event, body: cut(comment, longestText) },
    });
    if (answer.status === 422)
      return /own pull request/i.test(answer.words) ? 'own' : 'not_allowed';
    if (answer.status === 403) return 'not_allowed';
    requireDone(answer, { name, for: `to review pull request ${pull_number}` });
    return 'said';
  }

  /** The ids of the user's reviews that count. */
  async function listOwn(pull_number: number): Promise<number[]> {
    const { login } = await user();
    const all = await listed(async (page) => {
      const answer = await call('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
        ...{ pull_number, per_page: perPage, page },
      });
      return contentOf(reviews, answer, { name, for: `for the reviews of ${pull_number}` });
    });
    return all
      .filter(({ state }) => state === 'APPROVED' || state === 'CHANGES_REQUESTED')
      .filter((one) => one.user?.login === login)
      .map(({ id }) => id);
  }

  return {
    user,
    approve: (number, word) => review(number, 'APPROVE', word),
    // GitHub takes no wish for changes without words.
    requestChanges: (number, { sha, comment }) =>
      review(number, 'REQUEST_CHANGES', { sha, comment: comment || 'Please see Gitward.' }),

    async takeBack(pull_number, comment) {
      for (const review_id of await listOwn(pull_number)) {
        const answer = await call(
          'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals',
          {
            ...{ pull_number, review_id, event: 'DISMISS' as const },
            message: cut(comment, longestText) || 'Taken back.',
          },
        );
        // On a protected branch, some may dismiss nothing, not even their own.
        if (answer.status === 403 || answer.status === 422) return 'not_allowed';
        requireDone(answer, { name, for: `to dismiss a review of ${pull_number}` });
      }
      return 'said';
    },
  };
}
