import type { FastifyReply } from 'fastify';
import pTimeout from 'p-timeout';
import type { MirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { findHeldRemoval } from '../../../db/streams/held-removals.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { approvableCodes } from '../../../model/streams/errors.ts';
import { listed } from '../../../model/streams/listed.ts';
import type { Api } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import { overviewOf } from '../mirrors/open-mirror.ts';
import { mirrorKeyOf, requireProject } from '../project-source.ts';
import type { ReadingDeps } from '../reading/open-reading.ts';
import { HoldView } from './hold-schema.ts';
import { readHold } from './read-hold.ts';

/** How long an answer waits, how long making a clone may take, and how long one request may read; in milliseconds. */
const patience = 45_000;
const longestFetch = 600_000;
const longestReading = 20_000;

/** The route that shows what a held mirror found. */
export function addHoldRoute(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/hold',
    {
      config: { role: 'operator', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'What a held mirror found, and what approving would do',
        description:
          'Asks the remote. 409 `not_held` if there is nothing to approve, also if the repository is too large. ' +
          'What changed in the platform since the last commit is not counted.',
        params: MirrorParams,
        response: { 200: HoldView },
      },
    },
    async (request, reply) => {
      const overview = await overviewOf(deps, await mirrorKeyOf(deps, request));
      const held = heldBy(overview);
      if (held.code === 'mass_removal') return { ...held, ...(await heldRemoval(deps, overview)) };
      return { ...held, removal: null, ...(await lookAt(deps, reply, overview)) };
    },
  );
}

/** Why the mirror is held. Throws 409 `not_held` if a person has nothing to decide. */
function heldBy({
  row,
  state,
  outage,
}: MirrorOverview): Pick<HoldView, 'code' | 'message' | 'since'> {
  const stream = mirrorStream(row);
  if (state !== 'held' || outage === null)
    throw new ApiProblem(409, 'not_held', `${stream} is not held: it is ${state}.`);
  const { code, message } = outage.reason;
  if (!approvableCodes.has(code))
    throw new ApiProblem(409, 'not_held', `${stream} has nothing to approve: ${message}`);
  return { code: code as HoldView['code'], message, since: outage.since.toISOString() };
}

/** What would be removed because the platform no longer lists it. Throws 409 `not_held` if it is there again. */
async function heldRemoval(
  { db }: ReadingDeps,
  { row }: MirrorOverview,
): Promise<Omit<HoldView, 'code' | 'message' | 'since'>> {
  const stream = mirrorStream(row);
  const held = await findHeldRemoval(db, stream);
  if (held === null)
    throw new ApiProblem(409, 'not_held', `${stream} no longer holds a removal: it goes on.`);
  const none = listed<string>([]);
  return {
    removal: { id: held.digest, total: held.total },
    tip: null,
    lastCommit: null,
    commits: { items: [], hasMore: false },
    files: { adds: none, replaces: none, removes: held.listed, unjudged: none },
  };
}

/**
 * Reads the branch as the remote has it now. If that takes too long, the answer is 503 `timed_out`, and a fetch goes on,
 * so that a later request finds it done; reading ends when nobody waits any more.
 */
async function lookAt(
  deps: ReadingDeps,
  reply: FastifyReply,
  { row }: MirrorOverview,
): Promise<Omit<HoldView, 'code' | 'message' | 'since' | 'removal'>> {
  const { sourceKind } = await requireProject(deps, row.projectId);
  const { layout } = deps.platforms.of(sourceKind);
  const remote = await openRemote(deps, row);
  const end = new AbortController();
  const look = (clone: Clone) =>
    deps.slots.run(async () => {
      const gone = () =>
        end.abort(timedOut('Reading the repository took too long. Try again.', 10));
      const timer = setTimeout(gone, longestReading);
      reply.raw.once('close', gone);
      if (reply.raw.destroyed) gone();
      try {
        end.signal.throwIfAborted();
        return await readHold(deps.db, { row, layout, clone });
      } finally {
        clearTimeout(timer);
        reply.raw.off('close', gone);
      }
    });
  const signal = AbortSignal.any([AbortSignal.timeout(longestFetch), end.signal]);
  return pTimeout(deps.clones.withClone(remote, 'fresh', look, { signal }), {
    milliseconds: patience,
    message: timedOut(
      `The repository of ${mirrorStream(row)} is being fetched. Try again in a minute.`,
      60,
    ),
  });
}

function timedOut(detail: string, retryAfter: number): ApiProblem {
  return new ApiProblem(503, 'timed_out', detail, [], retryAfter);
}
