import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { AddRoutes } from '../http/deps.ts';
import { listChanges, type ChangeRecord } from '../../db/mirror/change-events.ts';
import { listCommits, type CommitRecord } from '../../db/mirror/mirror-commits.ts';
import { displayKey } from '../../model/mirror/events.ts';
import { settingsFrom } from './mirror-settings.ts';
import { PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { ApiProblem } from '../http/problem.ts';
import { defaultBranchOf, mirrorKeyOf, requireProject } from './project-source.ts';
import { ChangeView, CommitView, PreviewBody, PreviewView } from './mirror-schema.ts';
import { MirrorParams, OneOf, PageOf, ProjectParams, refusals } from '../http/schema-parts.ts';
import { overviewOf } from './mirrors.ts';

const ChangesQuery = Type.Interface([PageQuery], {
  state: Type.Optional(OneOf('all', 'waiting', 'delivered')),
});
const number = /^\d{1,15}$/;
/** Reading a whole project and listing a repository takes its time. */
const previewPatience = 120_000;

/** What a mirror sent, what waits, and what it would do. */
export const addMirrorReadRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/projects/:p/mirrors/:b/commits',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['mirrors'],
        summary: 'What was sent, newest first',
        description: 'Several windows that went into one commit are an item each.',
        params: MirrorParams,
        querystring: PageQuery,
        response: { 200: PageOf(CommitView), ...refusals },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      const { limit, after } = pageStart(request.query, number);
      const before = after === null ? null : Number(after);
      const rows = await listCommits(deps.db, key, { before, limit: limit + 1 });
      return pageOf(rows, limit, ({ ordinal }) => ordinal, commitView);
    },
  );

  api.get(
    '/v1/projects/:p/mirrors/:b/changes',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['mirrors'],
        summary: 'Accepted changes, newest first',
        params: MirrorParams,
        querystring: ChangesQuery,
        response: { 200: PageOf(ChangeView), ...refusals },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      const { limit, after } = pageStart(request.query, number);
      const before = after === null ? null : Number(after);
      const { state = 'all' } = request.query;
      const rows = await listChanges(deps.db, key, { state, before, limit: limit + 1 });
      return pageOf(rows, limit, ({ sequence }) => sequence, changeView);
    },
  );

  api.post(
    '/v1/projects/:p/mirrors/preview',
    {
      // As PUT: it sends the credential to the repository's host.
      config: { role: 'admin' },
      schema: {
        tags: ['mirrors'],
        summary: 'What enabling a mirror would find and do',
        description: 'Writes nothing. `branchId` is the default branch unless given.',
        params: ProjectParams,
        body: PreviewBody,
        response: { 200: PreviewView, ...refusals },
      },
    },
    async (request, reply) => {
      const { p: projectId } = request.params;
      const project = await requireProject(deps, projectId);
      const { branchId: asked = 'default', ...body } = request.body;
      const settings = await settingsFrom(body, deps);
      const branchId = asked === 'default' ? await defaultBranchOf(deps, project) : asked;
      const preview = await whileWaitedFor(reply, (signal) =>
        deps.previewMirror({ projectId, branchId, ...settings }, { signal }),
      );
      return { branchId, ...preview };
    },
  );
};

/**
 * Work that ends when nobody waits for its answer, and after two minutes. Fastify's `request.signal` and
 * `handlerTimeout` do not serve: both are over as soon as the request's body was read.
 */
async function whileWaitedFor<T>(
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const late = AbortSignal.timeout(previewPatience);
  try {
    return await work(AbortSignal.any([gone.signal, late]));
  } catch (error) {
    if (!late.aborted) throw error;
    throw new ApiProblem(503, 'timed_out', 'The preview took too long. Try again.');
  }
}

function commitView(commit: CommitRecord) {
  return {
    sha: commit.sha,
    reason: commit.reason,
    subject: commit.message.subject,
    author: commit.message.author,
    coAuthors: commit.message.coAuthors,
    authoredAt: commit.authoredAt.toISOString(),
    deliveredAt: commit.deliveredAt?.toISOString() ?? null,
    batchId: commit.batchId,
    through: commit.through,
  };
}

function changeView(change: ChangeRecord) {
  const state: 'waiting' | 'batched' | 'delivered' =
    change.deliveredAt !== null ? 'delivered' : change.batchId === null ? 'waiting' : 'batched';
  return {
    sequence: change.sequence,
    type: change.type,
    key: displayKey(change),
    componentId: change.componentId,
    configId: change.configId,
    versionIdentifier: change.versionIdentifier,
    version: change.version,
    author: change.author,
    occurredAt: change.occurredAt,
    receivedAt: change.receivedAt,
    description: change.description,
    state,
    batchId: change.batchId,
    commitSha: change.commitSha,
    deliveredAt: change.deliveredAt,
  };
}
