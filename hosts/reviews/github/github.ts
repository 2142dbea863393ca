import { cut } from '../../../model/text/outside-text.ts';
import { contentOf, present, requireDone, titleOf } from '../answers.ts';
import type { Answer } from '../ask.ts';
import { judgeRefusal } from '../refused-merge.ts';
import { field, ownedRepository, type OpenedRepository, type ReviewApi } from '../review-api.ts';
import type { ReviewHost } from '../types.ts';
import { merged, opened } from './pull-request.ts';
import { callsOf, longestText, name, readsOf } from './read.ts';
import { verdictsOf } from './verdicts.ts';

/** The ways to merge, in the order in which they are tried: a repository may allow each or not. */
const methods = ['merge', 'squash', 'rebase'] as const;

/** GitHub, including self-hosted. https://docs.github.com/en/rest/pulls. */
export const github: ReviewApi = {
  kind: 'github',
  name,
  repository: ownedRepository,
  isOurs: (answer) =>
    typeof field(answer, answer.status === 200 ? 'node_id' : 'documentation_url') === 'string',
  open: openGithub,
};

function openGithub(repository: OpenedRepository): ReviewHost {
  const call = callsOf(repository);
  const { find, read, hasBranch } = readsOf(repository, call);

  async function change(
    pull_number: number,
    changes: { title?: string; body?: string; state?: 'closed' },
  ): Promise<void> {
    if (Object.keys(changes).length === 0) return;
    const answer = await call('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      pull_number,
      ...changes,
    });
    requireDone(answer, { name, for: `to change pull request ${pull_number}` });
  }

  return {
    ...{ kind: 'github', name, find, read, ...verdictsOf(call) },

    async create({ source, target, title, description }) {
      const asked = { name, for: `to open a pull request from ${source} into ${target}` };
      const answer = await call('POST /repos/{owner}/{repo}/pulls', {
        ...{
          head: source,
          base: target,
          title: titleOf(title),
          body: cut(description, longestText),
        },
      });
      // GitHub answers so to everything that it does not open, not only if there is one already.
      const before = answer.status === 422 ? await find(source, target) : null;
      if (before?.state === 'open') return before;
      return present(await read(contentOf(opened, answer, asked).number), asked);
    },

    update: (number, { title, description }) =>
      change(number, {
        ...(title === undefined ? {} : { title: titleOf(title) }),
        ...(description === undefined ? {} : { body: cut(description, longestText) }),
      }),

    close: (number) => change(number, { state: 'closed' }),

    async comment(issue_number, text) {
      const answer = await call('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        issue_number,
        body: cut(text, longestText),
      });
      requireDone(answer, { name, for: `to comment on pull request ${issue_number}` });
    },

    async setStatus(sha, { state, context, description, url }) {
      const answer = await call('POST /repos/{owner}/{repo}/statuses/{sha}', {
        ...{ sha, state, context, description: cut(description, 140) },
        ...(url === null ? {} : { target_url: url }),
      });
      requireDone(answer, { name, for: `to set a status on commit ${sha}` });
    },

    async merge(pull_number, { sha, title, message }) {
      const by = (merge_method: (typeof methods)[number]) =>
        call('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
          ...{ pull_number, sha, merge_method },
          ...(merge_method !== 'rebase' && {
            commit_title: titleOf(title),
            commit_message: message,
          }),
        });
      let answer = await by('merge');
      for (const method of methods.slice(1)) if (isOtherwise(answer)) answer = await by(method);
      const { status, words: why, at } = answer;
      const asked = { name, for: `to merge pull request ${pull_number}` };
      if (status === 403) return { kind: 'refused', why };
      if (![405, 409, 422].includes(status))
        return { kind: 'merged', commit: contentOf(merged, answer, asked).sha };
      const isBusy = /base branch was modified/i.test(why);
      return judgeRefusal(await read(pull_number), {
        ...{ sha, why, at },
        isSoon: ({ mergeable }) =>
          status !== 422 && !isOtherwise(answer) && (isBusy || mergeable !== 'no'),
      });
    },

    async deleteBranch(branch) {
      const ref = `heads/${branch}`;
      const answer = await call('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ref });
      // "Reference does not exist", among others.
      if (answer.status === 422 && !(await hasBranch(branch))) return;
      requireDone(answer, { name, for: `to delete branch ${branch}` });
    },
  };
}

/** Whether it can only be merged in another way: "Merge commits are not allowed on this repository." */
function isOtherwise({ status, words }: Answer): boolean {
  return (
    status === 405 &&
    /(merge commits|squash merges|rebase merges) are not allowed|must not contain merge commits/i.test(
      words,
    )
  );
}
