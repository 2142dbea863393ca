import { Type } from '@fastify/type-provider-typebox';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddRoutes } from '../deps.ts';
import { readMirrorOverview } from '../../db/mirror-status.ts';
import { mirrorView } from '../mirror-view.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { MirrorParams, refusals } from '../schemas/parts.ts';
import { overviewOf } from './mirrors.ts';

/** Proxies close what is silent for a minute or so. */
const heartbeat = 15_000;
/** A client connects again by itself; so a token that was revoked does not listen for ever. */
const longest = 15 * 60_000;

/** Server-sent events of a mirror's status. */
export const addMirrorStreamRoutes: AddRoutes = (api, deps) => {
  const { db, statusInterval = 1_000 } = deps;
  const closing = new AbortController();
  api.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  api.get(
    '/v1/projects/:p/mirrors/:b/stream',
    {
      config: { role: 'agent' },
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
      const key = await mirrorKeyOf(deps, request);
      let view = mirrorView(await overviewOf(deps, key));
      reply.hijack();
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
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
          if (data !== last) reply.raw.write(`event: status\ndata: ${data}\n\n`);
          else if (Date.now() - spokeAt >= heartbeat) reply.raw.write(': still here\n\n');
          if (data !== last || Date.now() - spokeAt >= heartbeat) spokeAt = Date.now();
          last = data;
          await sleep(statusInterval, undefined, { signal: stop });
          const overview = await readMirrorOverview(db, key);
          if (!overview) break;
          view = mirrorView(overview);
        }
      } catch (err) {
        // The headers are out, so the only answer left is the end; clients connect again.
        if (!stop.aborted) request.log.error({ err }, 'a status stream broke');
      } finally {
        reply.raw.end();
      }
    },
  );
};
