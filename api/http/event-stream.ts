import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Subscription, Topic } from '../../db/news.ts';
import { callerOf } from '../access/authentication.ts';
import { isStillAccepted, newsOfCaller } from '../access/accepted.ts';
import type { RecheckDeps } from '../access/open-id-connect/recheck.ts';
import type { Api, ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';

/**
 * Proxies close connections that are silent for about a minute. A stream speaks at the first reading
 * after this time, so it must stay well below.
 */
const heartbeat = 15_000;
/**
 * Clients reconnect by themselves, so nobody stays connected forever to a process that is being
 * replaced.
 */
const longest = 15 * 60_000;
/** The most streams of one caller at a time: each may query the database several times a second. */
const streamsOfCaller = 20;

/** What a stream read: the view to send, and whether it is the last one. */
export interface StreamReading {
  view: object;
  isLast?: boolean;
}

/** Streams that read a view whenever there is news about it, and send it when it has changed. */
export interface EventStreams {
  /**
   * Answers with `status` events: what `read` reads, at first and whenever there is news about the
   * topic, until it says that this was the last or returns `null`, the client disconnects, the
   * caller is no longer accepted or the API stops. Throws `ApiProblem` 429 if the caller already
   * has too many streams.
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    topic: Topic,
    read: () => Promise<StreamReading | null>,
  ): Promise<void>;
}

/** Creates streams of server-sent events for routes. */
export function createEventStreams(
  api: Api,
  deps: RecheckDeps & Pick<ApiDeps, 'news' | 'streamTimings'>,
): EventStreams {
  const { news, streamTimings } = deps;
  const { unheardInterval = 1_000, heardInterval = 10_000, pause = 250 } = streamTimings ?? {};
  const closing = new AbortController();
  const open = new Map<string, number>();
  api.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  async function write(
    { raw }: FastifyReply,
    stop: AbortSignal,
    subscription: Subscription,
    read: () => Promise<StreamReading | null>,
  ): Promise<void> {
    let last = '';
    let spokeAt = Date.now();
    while (!stop.aborted) {
      const reading = await read();
      if (reading === null) return;
      const data = JSON.stringify(reading.view);
      if (data !== last || Date.now() - spokeAt >= heartbeat) {
        raw.write(data === last ? ': still here\n\n' : `event: status\ndata: ${data}\n\n`);
        last = data;
        spokeAt = Date.now();
      }
      if (reading.isLast) return;
      await sleep(pause, undefined, { signal: stop });
      // A slow reader misses intermediate states instead of having them pile up here.
      if (raw.writableNeedDrain) await once(raw, 'drain', { signal: stop });
      await subscription.next(news.listening ? heardInterval : unheardInterval, stop);
    }
  }

  return {
    async send(request, reply, topic, read) {
      const caller = callerOf(request);
      const others = open.get(caller.id) ?? 0;
      if (others >= streamsOfCaller) throw tooManyStreams();
      open.set(caller.id, others + 1);
      reply.hijack();
      const closed = new AbortController();
      reply.raw.once('close', () => closed.abort());
      // The client may have disconnected already.
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
      reply.raw.flushHeaders();
      // Before the first reading, so that nothing is missed between two readings.
      const subscription = news.subscribe(topic, ...newsOfCaller(caller));
      try {
        await write(reply, stop, subscription, async () =>
          (await isStillAccepted(deps, caller)) ? read() : null,
        );
      } catch (err) {
        // The headers have been sent, so all we can do is end the stream; clients reconnect.
        if (!stop.aborted) request.log.error({ err }, 'a status stream failed');
      } finally {
        subscription.close();
        const left = (open.get(caller.id) ?? 1) - 1;
        if (left > 0) open.set(caller.id, left);
        else open.delete(caller.id);
        // A client that takes nothing must not keep the API from stopping.
        if (closing.signal.aborted && reply.raw.writableNeedDrain) reply.raw.destroy();
        else reply.raw.end();
      }
    },
  };
}

function tooManyStreams(): ApiProblem {
  const detail = `You already have ${streamsOfCaller} open streams. Close one of them.`;
  return new ApiProblem(429, 'rate_limited', detail);
}
