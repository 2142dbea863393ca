import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isTokenValid } from '../../db/access/tokens.ts';
import { callerOf } from '../access/authentication.ts';
import type { Api, ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';

/** Proxies close connections that are silent for about a minute. */
const heartbeat = 15_000;
/**
 * Clients reconnect by themselves, so nobody stays connected forever to a process that is being
 * replaced.
 */
const longest = 15 * 60_000;
/** The most streams of one token at a time: each queries the database every second. */
const streamsOfToken = 20;

/** Streams that read a view again and again, and send it when it has changed. */
export interface EventStreams {
  /**
   * Answers with `status` events: `first`, and then what `next` reads, until `next` returns `null`,
   * the client disconnects, its token is revoked or the API stops. Throws `ApiProblem` 429 if the
   * token already has too many streams.
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    first: object,
    next: () => Promise<object | null>,
  ): Promise<void>;
}

/** Creates streams of server-sent events for routes. */
export function createEventStreams(
  api: Api,
  { db, statusInterval = 1_000 }: Pick<ApiDeps, 'db' | 'statusInterval'>,
): EventStreams {
  const closing = new AbortController();
  const open = new Map<string, number>();
  api.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  async function write(
    { raw }: FastifyReply,
    stop: AbortSignal,
    first: object,
    next: () => Promise<object | null>,
  ): Promise<void> {
    let view: object | null = first;
    let last = '';
    let spokeAt = Date.now();
    while (view !== null && !stop.aborted) {
      const data = JSON.stringify(view);
      const silent = Date.now() - spokeAt >= heartbeat;
      // A slow reader misses intermediate states instead of having them pile up here.
      if ((data !== last || silent) && !raw.writableNeedDrain) {
        raw.write(data === last ? ': still here\n\n' : `event: status\ndata: ${data}\n\n`);
        last = data;
        spokeAt = Date.now();
      }
      await sleep(statusInterval, undefined, { signal: stop });
      view = await next();
    }
  }

  return {
    async send(request, reply, first, next) {
      const { id: tokenId } = callerOf(request);
      const others = open.get(tokenId) ?? 0;
      if (others >= streamsOfToken) throw tooManyStreams();
      open.set(tokenId, others + 1);
      reply.hijack();
      const closed = new AbortController();
      reply.raw.once('close', () => closed.abort());
      // The client may have disconnected while the first view was read.
      if (reply.raw.destroyed) closed.abort();
      const stop = AbortSignal.any([closed.signal, closing.signal, AbortSignal.timeout(longest)]);
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        // Otherwise the connection would stay idle after the stream ends, and delay a stopping
        // server.
        connection: 'close',
        'x-request-id': request.id,
      });
      try {
        await write(reply, stop, first, async () =>
          (await isTokenValid(db, tokenId)) ? next() : null,
        );
      } catch (err) {
        // The headers have been sent, so all we can do is end the stream; clients reconnect.
        if (!stop.aborted) request.log.error({ err }, 'a status stream failed');
      } finally {
        const left = (open.get(tokenId) ?? 1) - 1;
        if (left > 0) open.set(tokenId, left);
        else open.delete(tokenId);
        reply.raw.end();
      }
    },
  };
}

function tooManyStreams(): ApiProblem {
  const detail = `This token already has ${streamsOfToken} open streams. Close one of them.`;
  return new ApiProblem(429, 'rate_limited', detail);
}
