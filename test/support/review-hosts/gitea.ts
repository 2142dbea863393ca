import { giteaDescription } from './gitea-description.ts';
import type { Answering, Call, HostDialect, Reply } from './host-dialect.ts';
import { hasConflict, type Way } from './merge-by.ts';
import type { Account, MergeProblem, Pull } from './pull.ts';
import type { Pulls } from './pulls.ts';

const words: Record<MergeProblem, [status: number, message: string]> = {
  merged: [405, ''],
  closed: [404, "The target couldn't be found."],
  busy: [409, 'merge push out of date'],
  late: [405, 'not ready to be merged: Does not have enough approvals'],
  approvals: [405, 'not ready to be merged: Does not have enough approvals'],
  moved: [409, 'head out of date'],
  way: [405, 'merge is not allowed an allowed merge style for this repository'],
  // It says the same while it is still checking.
  conflict: [405, 'Please try again later'],
};

const repositoryId = 3;
const waysOf: Record<string, Way> = { 'fast-forward-only': 'fast-forward' };

function failed(status: number, message: string): Reply {
  return [status, { message, url: 'https://elsewhere.example/api/swagger' }];
}

function userOf({ login, name, email }: Account): object {
  return { id: login.length, login, full_name: name, email };
}

const states = {
  approved: 'APPROVED',
  changes_requested: 'REQUEST_CHANGES',
  dismissed: 'APPROVED',
};

function reviewOf({ id, by, at, sha, verdict, text }: Pull['reviews'][number]): object {
  const flags = { dismissed: verdict === 'dismissed', stale: false, official: true };
  return { ...flags, id, user: userOf(by), state: states[verdict], body: text, commit_id: sha, submitted_at: at }; // prettier-ignore
}

/** Gitea and Forgejo. A branch that is gone is `refs/pull/…/head` in its pull requests, which are closed with it. */
export function giteaDialect(pulls: Pulls, fullName: string): HostDialect {
  async function pullOf(pull: Pull): Promise<object> {
    const repo = { id: repositoryId, full_name: fullName };
    const ref = pull.hasBranch ? pull.source : `refs/pull/${pull.number}/head`;
    const isOpen = pull.state === 'open';
    return {
      ...{ id: 600 + pull.number, number: pull.number, user: userOf(pull.author) },
      ...{ title: pull.title, body: pull.description, state: isOpen ? 'open' : 'closed' },
      head: { label: pull.source, ref, sha: pull.head, repo_id: pull.fromFork ? 4 : repositoryId, repo }, // prettier-ignore
      base: { label: pull.target, ref: pull.target, sha: await pulls.repository.tip(pull.target), repo_id: repositoryId, repo }, // prettier-ignore
      mergeable: isOpen && !(await hasConflict(pulls.repository, pull)),
      ...{ merged: pull.merged !== null, merged_at: pull.merged?.at ?? null, draft: false },
      merged_by: pull.merged && userOf(pull.merged.by),
      merge_commit_sha: pull.merged?.commit ?? null,
      html_url: `https://elsewhere.example/${fullName}/pulls/${pull.number}`,
    };
  }

  const repository = '/repos/{owner}/{repo}';
  const one = `${repository}/pulls/{index}`;
  const answers: Record<string, Answering> = {
    [`GET ${repository}`]: () => [200, { id: repositoryId, full_name: fullName, internal: false }],

    [`GET ${repository}/pulls`]: async ({ query }) => {
      const found = (await pulls.list()).filter(
        ({ state }) => (state === 'open') === (query.get('state') === 'open'),
      );
      return [200, await Promise.all(pageOf(query, found).map(pullOf))];
    },

    [`POST ${repository}/pulls`]: async ({ body, by }) => {
      const opened = await pulls.open({
        ...{ source: body.head ?? '', target: body.base ?? '', author: by },
        ...{ title: body.title ?? '', description: body.body ?? '' },
      });
      if (opened === null) return failed(404, "The target couldn't be found.");
      return opened.isNew
        ? [201, await pullOf(opened.pull)]
        : failed(409, 'pull request already exists for these targets');
    },

    [`GET ${one}`]: async (_call, pull) => [200, await pullOf(pull)],

    [`PATCH ${one}`]: async ({ body, by }, pull) => {
      if (body.title !== undefined) pull.title = body.title;
      if (body.body !== undefined) pull.description = body.body;
      if (body.state === 'closed' && pull.state === 'open')
        Object.assign(pull, { state: 'closed', closedBy: by });
      return [201, await pullOf(pull)];
    },

    [`POST ${one}/merge`]: async ({ body, by }, pull) => {
      const way = waysOf[body.Do ?? ''] ?? (body.Do as Way);
      const message = `${body.MergeTitleField ?? ''}\n\n${body.MergeMessageField ?? ''}`.trim();
      const sha = body.head_commit_id;
      const problem = await pulls.merge(pull, { way, by, message, sha });
      return problem === null ? [200] : failed(...words[problem]);
    },

    [`GET ${one}/reviews`]: ({ query }, pull) => [200, pageOf(query, pull.reviews).map(reviewOf)],

    [`POST ${one}/reviews`]: ({ body, by }, pull) => {
      const verdict = body.event === 'APPROVED' ? 'approved' : 'changes_requested';
      const verb = verdict === 'approved' ? 'approve' : 'reject';
      if (by.login === pull.author.login)
        return failed(422, `${verb} your own pull is not allowed`);
      if (verdict === 'changes_requested' && !body.body)
        return failed(422, 'review event REQUEST_CHANGES requires a body or a comment');
      pulls.review(pull, by, verdict, body.commit_id ?? pull.head, body.body ?? '');
      return [200, pull.reviews.slice(-1).map(reviewOf)[0]];
    },

    [`DELETE ${one}/reviews/{id}`]: ({ parameters, by }, pull) => {
      const review = pull.reviews.find(({ id }) => id === Number(parameters.id));
      if (review === undefined) return failed(404, "The target couldn't be found.");
      if (review.by.login !== by.login) return failed(403, 'Only the reviewer may delete it');
      pull.reviews.splice(pull.reviews.indexOf(review), 1);
      return [204];
    },

    'GET /user': ({ by }) => [200, userOf(by)],

    [`POST ${repository}/issues/{index}/comments`]: ({ body, by }, pull) => {
      pull.comments.push({ by, text: body.body ?? '' });
      return [201, { id: pull.comments.length, body: body.body, user: userOf(by) }];
    },

    [`POST ${repository}/statuses/{sha}`]: ({ body, parameters: { sha = '' } }) => {
      const { state = '', context = '', description = '', target_url: url = null } = body; // prettier-ignore
      pulls.statuses.push({ sha, state, context, description, url });
      return [201, { id: pulls.statuses.length, status: state, context, description }];
    },

    [`DELETE ${repository}/branches/{branch+}`]: async ({ parameters: { branch = '' }, by }) => {
      if ((await pulls.repository.tip(branch)) === null)
        return failed(404, "The target couldn't be found.");
      await pulls.deleteBranch(branch, by);
      return [204];
    },
  };

  return {
    api: '/api/v1',
    description: giteaDescription,
    stranger: failed(401, 'invalid username, password or token')[1] as object,
    async answer(call: Call) {
      const { owner, repo, index } = call.parameters;
      const pull = index === undefined ? ({} as Pull) : await pulls.find(Number(index));
      const isOfRepository = call.operation !== '/user';
      if ((isOfRepository && `${owner ?? ''}/${repo ?? ''}` !== fullName) || pull === null)
        return failed(404, "The target couldn't be found.");
      if (call.method !== 'GET' && !call.by.mayWrite) return failed(403, 'user should have permission to write'); // prettier-ignore
      const answer = answers[`${call.method} ${call.operation}`];
      return answer === undefined ? failed(404, 'Not Found') : answer(call, pull);
    },
  };
}

function pageOf<T>(query: URLSearchParams, items: readonly T[]): readonly T[] {
  const limit = Number(query.get('limit') ?? 30);
  const from = (Number(query.get('page') ?? 1) - 1) * limit;
  return items.slice(from, from + limit);
}
