import { githubDescription, githubExample } from './github-description.ts';
import { pullOf, reviewOf, simplePullOf, userOf } from './github-answers.ts';
import type { Answering, Call, HostDialect, Reply } from './host-dialect.ts';
import type { MergeProblem, Pull } from './pull.ts';
import type { Pulls } from './pulls.ts';

const words: Record<MergeProblem, [status: number, message: string]> = {
  merged: [405, 'Pull Request is not mergeable'],
  closed: [405, 'Pull Request is not mergeable'],
  conflict: [405, 'Pull Request is not mergeable'],
  busy: [405, 'Base branch was modified. Review and try the merge again.'],
  late: [405, 'At least 1 approving review is required by reviewers with write access.'],
  approvals: [405, 'At least 1 approving review is required by reviewers with write access.'],
  moved: [409, 'Head branch was modified. Review and try the merge again.'],
  way: [405, 'Merge commits are not allowed on this repository.'],
};

function failed(status: number, message: string): Reply {
  return [status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }]; // prettier-ignore
}

/** GitHub Enterprise, whose API is below its own origin. Closes the pull requests of a branch that is deleted. */
export function githubDialect(pulls: Pulls, fullName: string): HostDialect {
  async function named({ parameters }: Call): Promise<Pull | null> {
    return pulls.find(Number(parameters.pull_number ?? parameters.issue_number));
  }

  const answers: Record<string, Answering> = {
    'GET /repos/{owner}/{repo}': () => [
      200,
      {
        ...githubExample('full-repository-default-response'),
        ...{ full_name: fullName, language: null, source: undefined, parent: undefined },
      },
    ],

    'GET /repos/{owner}/{repo}/pulls': async ({ query }) => {
      const [, head] = (query.get('head') ?? '').split(':');
      const found = (await pulls.list()).filter(
        ({ source, target }) => source === head && target === query.get('base'),
      );
      return [200, found.map((pull) => simplePullOf(fullName, pull))];
    },

    'POST /repos/{owner}/{repo}/pulls': async ({ body, by }) => {
      const opened = await pulls.open({
        ...{ source: body.head ?? '', target: body.base ?? '', author: by },
        ...{ title: body.title ?? '', description: body.body ?? '' },
      });
      if (opened?.isNew !== true)
        return failed(422, `Validation Failed: A pull request already exists for ${body.head ?? ''}.`); // prettier-ignore
      return [201, await pullOf(pulls, fullName, opened.pull)];
    },

    'GET /repos/{owner}/{repo}/pulls/{pull_number}': async (_call, pull) => [
      200,
      await pullOf(pulls, fullName, pull),
    ],

    'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': async ({ body, by }, pull) => {
      if (body.title !== undefined) pull.title = body.title;
      if (body.body !== undefined) pull.description = body.body;
      if (body.state === 'closed' && pull.state === 'open')
        Object.assign(pull, { state: 'closed', closedBy: by });
      return [200, await pullOf(pulls, fullName, pull)];
    },

    'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': async ({ body, by }, pull) => {
      const way = (body.merge_method ?? 'merge') as 'merge';
      const message = `${body.commit_title ?? pull.title}\n\n${body.commit_message ?? ''}`;
      const sha = body.sha;
      const problem = await pulls.merge(pull, { way, by, message, sha });
      if (problem !== null) return failed(...words[problem]);
      return [200, { sha: pull.merged?.commit, merged: true, message: 'Pull Request successfully merged' }]; // prettier-ignore
    },

    'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': ({ query }, pull) => {
      const size = Number(query.get('per_page') ?? 30);
      const from = (Number(query.get('page') ?? 1) - 1) * size;
      return [200, pull.reviews.slice(from, from + size).map(reviewOf)];
    },

    'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews': ({ body, by }, pull) => {
      const verdict = body.event === 'APPROVE' ? 'approved' : 'changes_requested';
      const verb = verdict === 'approved' ? 'approve' : 'request changes on';
      if (by.login === pull.author.login)
        return failed(422, `Unprocessable Entity: Can not ${verb} your own pull request`);
      if (verdict === 'changes_requested' && !body.body)
        return failed(422, 'Unprocessable Entity: Body cannot be blank');
      pulls.review(pull, by, verdict, body.commit_id ?? pull.head, body.body ?? '');
      return [200, pull.reviews.slice(-1).map(reviewOf)[0]];
    },

    'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals': (
      { parameters },
      pull,
    ) => {
      const review = pull.reviews.find(({ id }) => id === Number(parameters.review_id));
      if (review === undefined) return failed(404, 'Not Found');
      if (review.verdict === 'dismissed')
        return failed(422, 'Validation Failed: Can not dismiss a dismissed pull request review');
      review.verdict = 'dismissed';
      return [200, reviewOf(review)];
    },

    'GET /user': ({ by }) => [
      200,
      {
        ...githubExample('private-user-response-with-public-and-private-profile-information'),
        ...{ login: by.login, name: by.name, email: by.email },
      },
    ],

    'GET /repos/{owner}/{repo}/issues/{issue_number}': (_call, pull) =>
      [200, { ...githubExample('issue'), closed_by: pull.closedBy && userOf(pull.closedBy) }], // prettier-ignore

    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': ({ body, by }, pull) => {
      pull.comments.push({ by, text: body.body ?? '' });
      return [201, { ...githubExample('issue-comment'), body: body.body, user: userOf(by) }]; // prettier-ignore
    },

    'POST /repos/{owner}/{repo}/statuses/{sha}': ({ body, parameters }) => {
      const { state, context, description, target_url: url = null } = body;
      pulls.statuses.push({ sha: parameters.sha ?? '', state: state ?? '', context: context ?? '', description: description ?? '', url }); // prettier-ignore
      return [201, { ...githubExample('status'), state, context, description }];
    },

    'GET /repos/{owner}/{repo}/git/ref/{ref}': async ({ parameters }) => {
      const branch = (parameters.ref ?? '').replace(/^heads\//, '');
      const sha = await pulls.repository.tip(branch);
      if (sha === null) return failed(404, 'Not Found');
      const { object, ...example } = githubExample('git-ref') as { object: object };
      return [200, { ...example, ref: `refs/heads/${branch}`, object: { ...object, sha } }];
    },

    'DELETE /repos/{owner}/{repo}/git/refs/{ref}': async ({ parameters, by }) => {
      const branch = (parameters.ref ?? '').replace(/^heads\//, '');
      if ((await pulls.repository.tip(branch)) === null)
        return failed(422, 'Reference does not exist');
      await pulls.deleteBranch(branch, by);
      return [204];
    },
  };

  return {
    api: '/api/v3',
    description: githubDescription,
    stranger: failed(401, 'Bad credentials')[1] as object,
    async answer(call) {
      const { owner, repo } = call.parameters;
      const isOfRepository = call.operation !== '/user';
      if (isOfRepository && `${owner ?? ''}/${repo ?? ''}` !== fullName)
        return failed(404, 'Not Found');
      const isOfOne = /\{(pull|issue)_number\}/.test(call.operation);
      const pull = isOfOne ? await named(call) : nobodys;
      if (pull === null) return failed(404, 'Not Found');
      if (call.method !== 'GET' && !call.by.mayWrite) return failed(403, 'Must have push access.');
      return answers[`${call.method} ${call.operation}`]?.(call, pull) ?? failed(404, 'Not Found');
    },
  };
}

/** Given where no pull request is asked for. */
const nobodys = {} as Pull;
