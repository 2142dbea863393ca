import { Type } from '@fastify/type-provider-typebox';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddRoutes } from '../deps.ts';
import { readMirrorOverview } from '../../db/mirror-status.ts';
import { isTokenValid } from '../../db/tokens.ts';
import { callerOf } from '../authentication.ts';
import { mirrorView } from '../mirror-view.ts';
import { ApiProblem } from '../problem.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { MirrorParams, refusals } from '../schemas/parts.ts';
import { overviewOf } from './mirrors.ts';

/** Proxies close what is silent for a minute or so. */
const heartbeat = 15_000;
/** A client connects again by itself; so nobody listens for ever to a process that is to be replaced. */
const longest = 15 * 60_000;
/** Each asks the database every second. */
const streamsOfToken = 20;

/** Server-sent events of a mirror's status. */
export const addMirrorStreamRoutes: AddRoutes = (api, deps) => {
  const { db, statusInterval = 1_000 } = deps;
  const closing = new AbortController();
  const open = new Map<string, number>();
  api.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  api.get(
    '/v1/projects/:p/mirrors/:b/stream',
    {
      config: { role: 'agent' },
      // A HEAD would wait for the end of the stream.
      exposeHeadRoute: false,
      schema: {
        tags: ['mirrors'],
        summary: "A mirror's status as it changes (server-sent events)",
        description: 'Each event is `status` with what GET of the mirror answers.',
        params: MirrorParams,
        response: {
          200: {
            description: 'Events',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { id: tokenId } = callerOf(request);
      const key = await mirrorKeyOf(deps, request);
      let view = mirrorView(await overviewOf(deps, key));
      const others = open.get(tokenId) ?? 0;
      if (others >= streamsOfToken) throw tooManyStreams();
      open.set(tokenId, others + 1);
      reply.hijack();
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      // It may have hung up while the mirror was read.
      if (reply.raw.destroyed) gone.abort();
      const stop = AbortSignal.any([gone.signal, closing.signal, AbortSignal.timeout(longest)]);
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        // Else the connection would idle when the stream ends, and keep a stopping server.
        connection: 'close',
        'x-request-id': request.id,
      });
      let last = '';
      let spokeAt = Date.now();
      try {
        while (!stop.aborted) {
          const data = JSON.stringify(view);
          const silent = Date.now() - spokeAt >= heartbeat;
          // Who reads slowly misses states in between, rather than having them pile up here.
          if ((data !== last || silent) && !reply.raw.writableNeedDrain) {
            reply.raw.write(
              data === last ? ': still here\n\n' : `event: status\ndata: ${data}\n\n`,
            );
            last = data;
            spokeAt = Date.now();
          }
          await sleep(statusInterval, undefined, { signal: stop });
          if (!(await isTokenValid(db, tokenId))) break;
          const overview = await readMirrorOverview(db, key);
          if (!overview) break;
          view = mirrorView(overview);
        }
      } catch (err) {
        // The headers are out, so the only answer left is the end; clients connect again.
        if (!stop.aborted) request.log.error({ err }, 'a status stream broke');
      } finally {
        const left = (open.get(tokenId) ?? 1) - 1;
        if (left > 0) open.set(tokenId, left);
        else open.delete(tokenId);
        reply.raw.end();
      }
    },
  );
};

function tooManyStreams(): ApiProblem {
  const detail = `This token listens to ${streamsOfToken} streams already. End one of them.`;
  return new ApiProblem(429, 'rate_limited', detail);
}
