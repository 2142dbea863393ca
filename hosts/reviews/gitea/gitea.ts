import { cut } from '../../../model/text/outside-text.ts';
import { contentOf, present, requireDone, titleOf } from '../answers.ts';
import type { Answer } from '../ask.ts';
import { judgeRefusal } from '../refused-merge.ts';
import { field, ownedRepository, type OpenedRepository, type ReviewApi } from '../review-api.ts';
import type { ReviewHost } from '../types.ts';
import { pullRequest } from './pull-request.ts';
import { callsOf, name, readsOf } from './read.ts';
import { verdictsOf } from './verdicts.ts';

/** The ways to merge, in the order in which they are tried: a repository may allow each or not. */
const styles = ['merge', 'squash', 'rebase', 'fast-forward-only'] as const;

/**
 * Gitea and Forgejo. https://docs.gitea.com/api. The fields and statuses are those of its own description (`/swagger.v1.json`); the
 * client that is made from it for JavaScript is versions behind, and these few requests need none.
 */
export const gitea: ReviewApi = {
  kind: 'gitea',
  name,
  repository: ownedRepository,
  isOurs: (answer) =>
    answer.status === 200
      ? typeof field(answer, 'internal') === 'boolean'
      : String(field(answer, 'url')).endsWith('/swagger') ||
        (answer.status === 401 && typeof field(answer, 'message') === 'string'),
  open: openGitea,
};

function openGitea(opened: OpenedRepository): ReviewHost {
  const call = callsOf(opened);
  const { find, findIn, read } = readsOf(opened, call);

  return {
    ...{ kind: 'gitea', name, find, read, ...verdictsOf(call) },

    async create({ source, target, title, description }) {
      const asked = { name, for: `to open a pull request from ${source} into ${target}` };
      const answer = await call('POST', '/pulls', {
        ...{ head: source, base: target, title: titleOf(title), body: description },
      });
      const before = answer.status === 409 ? await findIn('open', source, target) : null;
      if (before !== null) return before;
      return present(await read(contentOf(pullRequest, answer, asked).number), asked);
    },

    async update(number, { title, description }) {
      if (title === undefined && description === undefined) return;
      const answer = await call('PATCH', `/pulls/${number}`, {
        ...(title === undefined ? {} : { title: titleOf(title) }),
        ...(description === undefined ? {} : { body: description }),
      });
      requireDone(answer, { name, for: `to change pull request ${number}` });
    },

    async close(number) {
      const answer = await call('PATCH', `/pulls/${number}`, { state: 'closed' });
      requireDone(answer, { name, for: `to close pull request ${number}` });
    },

    async setStatus(sha, { state, context, description, url }) {
      const answer = await call('POST', `/statuses/${sha}`, {
        ...{ state, context, description: cut(description, 140) },
        ...(url === null ? {} : { target_url: url }),
      });
      requireDone(answer, { name, for: `to set a status on commit ${sha}` });
    },

    async merge(number, { sha, title, message }) {
      const by = (style: (typeof styles)[number]) =>
        call('POST', `/pulls/${number}/merge`, {
          ...{ Do: style, head_commit_id: sha },
          ...{ MergeTitleField: titleOf(title), MergeMessageField: message },
        });
      let answer = await by('merge');
      for (const style of styles.slice(1)) if (isOtherwise(answer)) answer = await by(style);
      const { status, words: why, at } = answer;
      if (status === 403) return { kind: 'refused', why };
      // It answers 404 for one that is closed.
      const isRefused = [404, 405, 409, 422].includes(status);
      if (!isRefused) requireDone(answer, { name, for: `to merge pull request ${number}` });
      const now = await read(number);
      // The answer to a merge is empty.
      if (!isRefused) return { kind: 'merged', commit: now?.mergeCommit ?? null };
      const isSoon = /try again later|is being checked|push out of date/i.test(why);
      return judgeRefusal(now, { sha, why, at, isSoon: () => isSoon });
    },

    async deleteBranch(branch) {
      const escaped = branch.split('/').map(encodeURIComponent).join('/');
      const answer = await call('DELETE', `/branches/${escaped}`);
      if (answer.status === 404) return;
      requireDone(answer, { name, for: `to delete branch ${branch}` });
    },
  };
}

/** Whether it can only be merged in another way: "merge is not allowed an allowed merge style for this repository" (as it says). */
function isOtherwise({ status, words }: Answer): boolean {
  return status === 405 && /merge style/i.test(words);
}
