import { Type } from '@fastify/type-provider-typebox';
import { listCommits, type CommitRecord } from '../../db/mirror/mirror-commits.ts';
import type { AddRoutes } from '../http/deps.ts';
import { PageQuery, pageOf, pageStart } from '../http/paging.ts';
import { MirrorParams, Nullable, PageOf, Time } from '../http/schema-parts.ts';
import { overviewOf } from './mirrors/open-mirror.ts';
import { mirrorKeyOf } from './project-source.ts';

/** A sent commit as the API returns it. */
export const CommitView = Type.Object({
  sha: Type.String(),
  reason: Type.String(),
  subject: Type.String(),
  author: Type.Object({ name: Type.String(), email: Type.String() }),
  coAuthors: Type.Array(Type.Object({ name: Type.String(), email: Type.String() })),
  authoredAt: Time,
  deliveredAt: Nullable(Time),
  batchId: Type.String(),
  through: Type.Integer({ description: 'The sequence number of the last change in it.' }),
});

const number = /^\d{1,15}$/;

/** The route that lists the commits that a mirror sent. */
export const addCommitRoutes: AddRoutes = (api, deps) => {
  api.get(
    '/v1/projects/:project/mirrors/:branch/commits',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'Commits that were sent, newest first',
        description: 'Each window is a separate item, even if several went into one commit.',
        params: MirrorParams,
        querystring: PageQuery,
        response: { 200: PageOf(CommitView) },
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
};

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
