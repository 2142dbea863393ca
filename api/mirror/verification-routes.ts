import { Type } from '@fastify/type-provider-typebox';
import type { AddRoutes } from '../http/deps.ts';
import { findVerification } from '../../db/mirror/verifications.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { writeAudit } from '../access/audited.ts';
import { ApiProblem } from '../http/problem.ts';
import { mirrorKeyOf } from './project-source.ts';
import { MirrorParams, Nullable, OneOf, Time } from '../http/schema-parts.ts';
import { tellOrRefuse } from '../streams/signals.ts';
import { VerificationOutcome } from './mirrors/mirror-schema.ts';
import { mirrorEnded, overviewOf } from './mirrors/open-mirror.ts';
import { VerificationFileView, readVerificationFile } from './verification-file.ts';

/** When a verification was asked for: its verdict is not older. */
export const VerificationAsked = Type.Object({ askedAt: Time });

/** The result of a verification. */
export const VerificationView = Type.Object({
  outcome: VerificationOutcome,
  failure: Nullable(
    Type.Object(
      { code: Type.String(), message: Type.String() },
      {
        description: 'Why there is no verdict, if the source or the repository could not be read.',
      },
    ),
  ),
  checkedAt: Time,
  commit: Nullable(Type.String({ description: 'The tip that was compared.' })),
  files: Type.Integer({ description: 'The number of files that the source should result in.' }),
  differenceCount: Type.Integer(),
  differences: Type.Array(
    Type.Object({ path: Type.String(), kind: OneOf('missing', 'different', 'unexpected') }),
    { description: 'The first 200, sorted by path.' },
  ),
});

/** Routes that compare Git with the source. */
export const addVerificationRoutes: AddRoutes = (api, deps) => {
  api.post(
    '/v1/projects/:project/mirrors/:branch/actions/verify',
    {
      config: { role: 'operator', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'Compare Git with the source',
        description:
          'Reads the whole source again and compares it with the tip, file by file. The verdict is at ' +
          '…/verification once its `checkedAt` is not before `askedAt`; a verification that is already running is ' +
          'followed by another. Each mirror is also verified daily.',
        params: MirrorParams,
        response: { 202: VerificationAsked },
      },
    },
    async (request, reply) => {
      const key = await mirrorKeyOf(deps, request);
      const { row } = await overviewOf(deps, key);
      if (row.endedAt !== null) throw mirrorEnded(key);
      const askedAt = new Date().toISOString();
      await tellOrRefuse(() => deps.workflows.verify(key));
      await writeAudit(deps.db, request, { action: 'mirror.verify', target: mirrorStream(key) });
      return reply.code(202).send({ askedAt });
    },
  );

  api.get(
    '/v1/projects/:project/mirrors/:branch/verification',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'The last verification',
        params: MirrorParams,
        response: { 200: VerificationView },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await overviewOf(deps, key);
      const verification = await findVerification(deps.db, mirrorStream(key));
      if (verification !== null) return verification;
      throw new ApiProblem(
        404,
        'never_verified',
        `${mirrorStream(key)} has never been verified. Start a verification with POST …/actions/verify.`,
      );
    },
  );

  api.get(
    '/v1/projects/:project/mirrors/:branch/verification/file',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'Both sides of a path that differed in the last verification',
        params: MirrorParams,
        querystring: Type.Object({ path: Type.String({ minLength: 1, maxLength: 4_096 }) }),
        response: { 200: VerificationFileView },
      },
    },
    async (request) =>
      readVerificationFile(deps, await mirrorKeyOf(deps, request), request.query.path),
  );
};
