import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isTokenValid } from '../../db/access/tokens.ts';
import { callerOf } from '../access/authentication.ts';
import type { Api, ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';

/** Proxies close what is silent for a minute or so. */
const heartbeat = 15_000;
/** A client connects again by itself; so nobody listens for ever to a process that is to be replaced. */
const longest = 15 * 60_000;
/** Each asks the database every second. */
const streamsOfToken = 20;

/** Streams of one kind: of a view that is read again and again, and sent where it changed. */
export interface EventStreams {
  /**
   * Answers with events `status`, of `first` and then of what `next` reads, until that is `null`, the client hangs
   * up, its token ends or the API stops. Throws `ApiProblem` 429 where the token listens to too many.
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    first: object,
    next: () => Promise<object | null>,
  ): Promise<void>;
}

/** Lets routes answer with server-sent events. */
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
      // Who reads slowly misses states in between, rather than having them pile up here.
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
      // It may have hung up while the first view was read.
      if (reply.raw.destroyed) closed.abort();
      const stop = AbortSignal.any([closed.signal, closing.signal, AbortSignal.timeout(longest)]);
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        // Else the connection would idle when the stream ends, and keep a stopping server.
        connection: 'close',
        'x-request-id': request.id,
      });
      try {
        await write(reply, stop, first, async () =>
          (await isTokenValid(db, tokenId)) ? next() : null,
        );
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
  };
}

function tooManyStreams(): ApiProblem {
  const detail = `This token listens to ${streamsOfToken} streams already. End one of them.`;
  return new ApiProblem(429, 'rate_limited', detail);
}
