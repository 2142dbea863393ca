import { contentOf, present, requireDone } from '../answers.ts';
import type { ReviewHost, Spoken } from '../types.ts';
import { answered, type Gitlab } from './calls.ts';
import { currentUser, gitlabUser, mergeRequest, type GitlabApprovals } from './merge-request.ts';
import { name } from './read.ts';

/** The part of GitLab's API in which somebody says what they think of a merge request. */
export function verdictsOf(
  project: string,
  calls: Gitlab,
  readApprovals: (number: number) => Promise<GitlabApprovals>,
): Pick<ReviewHost, 'comment' | 'user' | 'approve' | 'requestChanges' | 'takeBack'> {
  async function comment(number: number, text: string): Promise<void> {
    const answer = await answered(calls.notes.create(project, number, withoutCommands(text)));
    requireDone(answer, { name, for: `to comment on merge request ${number}` });
  }

  async function user(): ReturnType<ReviewHost['user']> {
    const asked = { name, for: 'whose the credential is' };
    const answer = await answered(calls.users.showCurrentUser());
    return present(gitlabUser(contentOf(currentUser, answer, asked)), asked);
  }

  /** Why it answered 401 to an approval: it does so for all of these, and for a credential that it does not take. */
  async function judgeApproval(number: number): Promise<Spoken> {
    const { user_has_approved } = await readApprovals(number);
    if (user_has_approved === true) return 'said';
    const { login } = await user();
    const answer = await answered(calls.mergeRequests.show(project, number));
    const asked = { name, for: `for merge request ${number}` };
    const { author } = contentOf(mergeRequest, answer, asked);
    return author.username === login ? 'own' : 'not_allowed';
  }

  return {
    ...{ comment, user },

    async approve(number, { sha, comment: text }) {
      const answer = await answered(calls.approvals.approve(project, number, { sha }));
      // 409: somebody pushed.
      if (answer.status === 403 || answer.status === 409) return 'not_allowed';
      if (answer.status === 401) {
        const judged = await judgeApproval(number);
        if (judged !== 'said') return judged;
      } else requireDone(answer, { name, for: `to approve merge request ${number}` });
      if (text !== '') await comment(number, text);
      return 'said';
    },

    // Only its pages and its commands in comments do that.
    requestChanges: () => Promise.resolve('no_way'),

    async takeBack(number, text) {
      const answer = await answered(calls.approvals.unapprove(project, number));
      if (answer.status === 401 || answer.status === 403) {
        // With a credential that is not taken at all, this fails.
        await user();
        return 'not_allowed';
      }
      // It answers 404 to taking back what is not there.
      const isThere =
        answer.status !== 404 || (await readApprovals(number)).user_has_approved === true;
      if (isThere) requireDone(answer, { name, for: `to take back an approval of ${number}` });
      if (text !== '') await comment(number, text);
      return 'said';
    },
  };
}

/**
 * A description or comment in which no line is a command (`/merge`, `/approve`): GitLab does those in the name of who writes them, and
 * most of the text is not ours. See "GitLab quick actions".
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([ \t]*)\//gm, '$1\\/');
}
