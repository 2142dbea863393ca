import { cut } from '../../../model/text/outside-text.ts';
import { contentOf, present, requireDone, titleOf } from '../answers.ts';
import { judgeRefusal } from '../refused-merge.ts';
import { field, type OpenedRepository, type ReviewApi } from '../review-api.ts';
import type { CommitStatus, ReviewHost } from '../types.ts';
import { answered, callsOf } from './calls.ts';
import { mergeRequest } from './merge-request.ts';
import { name, readsOf } from './read.ts';
import { verdictsOf, withoutCommands } from './verdicts.ts';

const states = { pending: 'pending', success: 'success', failure: 'failed' } as const;

/** GitLab. https://docs.gitlab.com/api/merge_requests/. */
export const gitlab: ReviewApi = {
  kind: 'gitlab',
  name,
  repository: (api, path) =>
    path.length < 2 ? null : `${api}/projects/${encodeURIComponent(path.join('/'))}`,
  isOurs: (answer) =>
    answer.status === 200
      ? typeof field(answer, 'path_with_namespace') === 'string'
      : /^40[134] (Unauthorized|Forbidden|Project Not Found)/i.test(answer.words),
  open: openGitlab,
};

function openGitlab(repository: OpenedRepository): ReviewHost {
  const project = repository.path.join('/');
  const calls = callsOf(repository.api, repository.ask);
  const { find, read, readApprovals } = readsOf(repository, calls);

  async function edit(
    number: number,
    changes: { title?: string; description?: string; stateEvent?: 'close' },
  ): Promise<void> {
    if (Object.keys(changes).length === 0) return;
    const answer = await answered(calls.mergeRequests.edit(project, number, changes));
    requireDone(answer, { name, for: `to change merge request ${number}` });
  }

  return {
    ...{ kind: 'gitlab', name, find, read, ...verdictsOf(project, calls, readApprovals) },

    async create({ source, target, title, description }) {
      const asked = { name, for: `to open a merge request from ${source} into ${target}` };
      const answer = await answered(
        calls.mergeRequests.create(project, source, target, titleOf(title), {
          description: withoutCommands(description),
        }),
      );
      const before = answer.status === 409 ? await find(source, target) : null;
      if (before?.state === 'open') return before;
      return present(await read(contentOf(mergeRequest, answer, asked).iid), asked);
    },

    update: (number, { title, description }) =>
      edit(number, {
        ...(title === undefined ? {} : { title: titleOf(title) }),
        ...(description === undefined ? {} : { description: withoutCommands(description) }),
      }),

    async close(number) {
      const now = await read(number);
      // It answers 400 to closing what is closed.
      if (now?.state === 'closed') return;
      await edit(number, { stateEvent: 'close' });
    },

    async setStatus(sha, { state, context, description, url }) {
      const answer = await answered(
        calls.commits.editStatus(project, sha, states[state], {
          ...{ name: context, description: cut(description, 140) },
          ...(url === null ? {} : { targetUrl: url }),
        }),
      );
      if (isSo(answer.words, state)) return;
      requireDone(answer, { name, for: `to set a status on commit ${sha}` });
    },

    async merge(number, { sha, title, message }) {
      const text = message === '' ? titleOf(title) : `${titleOf(title)}\n\n${message}`;
      const answer = await answered(
        calls.mergeRequests.merge(project, number, {
          ...{ sha, mergeCommitMessage: text, squashCommitMessage: text },
          shouldRemoveSourceBranch: false,
        }),
      );
      const { status, words: why, at } = answer;
      if (status === 403) return { kind: 'refused', why };
      const isRefused = [401, 405, 406, 409, 422].includes(status);
      if (!isRefused) requireDone(answer, { name, for: `to merge merge request ${number}` });
      const now = await read(number);
      // With a credential that is not taken at all, reading has failed.
      if (status === 401) return { kind: 'refused', why };
      if (!isRefused && now?.state === 'merged') return { kind: 'merged', commit: now.mergeCommit };
      return judgeRefusal(now, {
        ...{ sha, why, at },
        isSoon: ({ mergeable }) => !isRefused || mergeable !== 'no',
      });
    },

    async deleteBranch(branch) {
      const answer = await answered(calls.branches.remove(project, branch));
      if (answer.status === 404) return;
      requireDone(answer, { name, for: `to delete branch ${branch}` });
    },
  };
}

/** Whether a status was refused because it is this one already: "Cannot transition status via :enqueue from :pending". */
function isSo(words: string, state: CommitStatus['state']): boolean {
  return words.includes('Cannot transition status') && words.includes(`from :${states[state]}`);
}
