import { gitlabAnswers, project, userOf } from './gitlab-answers.ts';
import { gitlabDescription } from './gitlab-description.ts';
import type { Answering, HostDialect, Reply } from './host-dialect.ts';
import type { MergeProblem, Pull } from './pull.ts';
import type { Pulls } from './pulls.ts';

const words: Record<MergeProblem, [status: number, message: string]> = {
  merged: [405, '405 Method Not Allowed'],
  closed: [405, '405 Method Not Allowed'],
  busy: [405, '405 Method Not Allowed'],
  late: [405, '405 Method Not Allowed'],
  approvals: [405, '405 Method Not Allowed'],
  way: [405, '405 Method Not Allowed'],
  conflict: [422, 'Branch cannot be merged'],
  moved: [409, 'SHA does not match HEAD of source branch: it was changed.'],
};

function failed(status: number, message: unknown): Reply {
  return [status, { message }];
}

/** GitLab, with its API below its own origin and the repository in a subgroup. It merges in the first way that the rules allow. */
export function gitlabDialect(pulls: Pulls, fullName: string): HostDialect {
  const { requestOf, approvalsOf } = gitlabAnswers(pulls, fullName);
  const one = '/projects/{id}/merge_requests/{merge_request_iid}';
  const answers: Record<string, Answering> = {
    'GET /projects/{id}': () => [200, { id: project, path_with_namespace: fullName }],
    'GET /user': ({ by }) => [200, userOf(by)],

    'GET /projects/{id}/merge_requests': async ({ query }) => {
      const found = (await pulls.list()).filter(
        ({ source, target }) =>
          source === query.get('source_branch') && target === query.get('target_branch'),
      );
      return [200, await Promise.all(found.map(requestOf))];
    },

    'POST /projects/{id}/merge_requests': async ({ body, by }) => {
      const opened = await pulls.open({
        ...{ source: body.source_branch ?? '', target: body.target_branch ?? '', author: by },
        ...{ title: body.title ?? '', description: body.description ?? '' },
      });
      if (opened === null) return failed(400, { source_branch: ['does not exist'] });
      if (opened.isNew) return [201, await requestOf(opened.pull)];
      const said = `Another open merge request already exists for this source branch: !${opened.pull.number}`;
      return failed(409, [said]);
    },

    [`GET ${one}`]: async (_call, pull) => [200, await requestOf(pull)],

    [`PUT ${one}`]: async ({ body, by }, pull) => {
      if (body.state_event === 'close' && pull.state !== 'open')
        return failed(400, { state: ['cannot transition via "close"'] });
      if (body.state_event === 'close') Object.assign(pull, { state: 'closed', closedBy: by });
      if (body.title !== undefined) pull.title = body.title;
      if (body.description !== undefined) pull.description = body.description;
      return [200, await requestOf(pull)];
    },

    [`PUT ${one}/merge`]: async ({ body, by }, pull) => {
      const [way = 'merge'] = pulls.rules.ways;
      const message = String(
        way === 'squash' ? body.squash_commit_message : body.merge_commit_message,
      );
      const sha = body.sha;
      const problem = await pulls.merge(pull, { way, by, message, sha });
      return problem === null ? [200, await requestOf(pull)] : failed(...words[problem]);
    },

    [`GET ${one}/approvals`]: ({ by }, pull) => [200, approvalsOf(pull, by)],

    [`GET ${one}/reviewers`]: (_call, pull) => [
      200,
      pull.reviews
        .filter(({ verdict }) => verdict === 'changes_requested')
        .map(({ by, at }) => ({ user: userOf(by), state: 'requested_changes', created_at: at })),
    ],

    [`POST ${one}/approve`]: ({ body, by }, pull) => {
      const before = pull.reviews.some((review) => review.by.login === by.login);
      const isOwn = by.login === pull.author.login && !pulls.rules.authorsApprove;
      if (isOwn || before) return failed(401, '401 Unauthorized');
      if (body.sha !== undefined && body.sha !== pull.head) return failed(409, words.moved[1]);
      pulls.review(pull, by, 'approved', pull.head, '');
      return [201, approvalsOf(pull, by)];
    },

    [`POST ${one}/unapprove`]: ({ by }, pull) => {
      const isOwn = (review: Pull['reviews'][number]) =>
        review.by.login === by.login && review.verdict === 'approved';
      if (!pull.reviews.some(isOwn)) return failed(404, '404 Not Found');
      pull.reviews = pull.reviews.filter((review) => !isOwn(review));
      return [201, approvalsOf(pull, by)];
    },

    [`POST ${one}/notes`]: ({ body, by }, pull) => {
      pull.comments.push({ by, text: body.body ?? '' });
      return [201, { id: pull.comments.length, body: body.body, author: userOf(by) }];
    },

    'POST /projects/{id}/statuses/{sha}': ({ body, parameters: { sha = '' } }) => {
      const { state, name = 'default', description = '', target_url: url = null } = body; // prettier-ignore
      const before = pulls.statuses.findLast((one) => one.sha === sha && one.context === name);
      if (state === 'pending' && before?.state === 'pending')
        return failed(400, 'Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via "enqueue")'); // prettier-ignore
      pulls.statuses.push({ sha, state: state ?? '', context: name, description, url });
      return [201, { id: pulls.statuses.length, sha, status: state, name, description }];
    },

    'GET /projects/{id}/repository/branches/{branch}': async ({ parameters: { branch = '' } }) => {
      const sha = await pulls.repository.tip(branch);
      if (sha === null) return failed(404, '404 Branch Not Found');
      return [200, { name: branch, commit: { id: sha }, protected: false }];
    },

    'DELETE /projects/{id}/repository/branches/{branch}': async ({ parameters }) => {
      const { branch = '' } = parameters;
      if ((await pulls.repository.tip(branch)) === null) return failed(404, '404 Branch Not Found');
      await pulls.deleteBranch(branch, null);
      return [204];
    },
  };

  return {
    api: '/api/v4',
    description: gitlabDescription,
    stranger: { message: '401 Unauthorized' },
    async answer(call) {
      const { id = fullName, merge_request_iid: number } = call.parameters;
      if (id !== fullName) return failed(404, '404 Project Not Found');
      const pull = number === undefined ? ({} as Pull) : await pulls.find(Number(number));
      if (pull === null) return failed(404, '404 Not found');
      if (call.method !== 'GET' && !call.by.mayWrite)
        return /(merge|approve)$/.test(call.operation)
          ? failed(401, '401 Unauthorized')
          : failed(403, '403 Forbidden');
      const answer = answers[`${call.method} ${call.operation}`];
      return answer === undefined ? failed(404, '404 Not Found') : answer(call, pull);
    },
  };
}
