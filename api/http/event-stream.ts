import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Topic } from '../../db/news.ts';
import { callerOf } from '../access/authentication.ts';
import { isStillAccepted, newsOfCaller } from '../access/accepted.ts';
import type { Caller } from '../access/caller.ts';
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
/** When a client comes back to a stream that has ended, in milliseconds. */
const reconnectAfter = 1_000;
/** The most streams of one caller at a time: each may query the database several times a second. */
const streamsOfCaller = 20;

/** What a stream read: the view to send, and whether it is the last one. */
export interface StreamReading {
  view: object;
  isLast?: boolean;
}

/** An event of a stream: what it is called, and its data. */
export interface StreamEvent {
  event: string;
  data: object;
}

/**
 * Reads what has changed since it was last called: of everything (`null`), or only of what these
 * topics are about. Returns the events that tell so.
 */
export type ReadChanges = (topics: ReadonlySet<string> | null) => Promise<StreamEvent[]>;

/** A part of what a stream follows. */
export interface Followed {
  /** Whether news about the topic may change it. */
  wants: (topic: string) => boolean;
  read: ReadChanges;
}

/** Streams that read a view whenever there is news about it, and send it when it has changed. */
export interface EventStreams {
  /**
   * Answers with `status` events: what `read` reads, at first and whenever there is news about the
   * topics, until it says that this was the last or returns `null`, the client disconnects, the
   * caller is no longer accepted or the API stops. Throws `ApiProblem` 429 if the caller already
   * has too many streams.
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    topics: Topic | readonly Topic[],
    read: () => Promise<StreamReading | null>,
  ): Promise<void>;
  /**
   * Like {@link EventStreams.send} for a view of many things, of which only the changes are read
   * and sent. Each is first read with `null`; later with the topics that it wants and there is news
   * about and, at intervals, with `null` again.
   */
  sendChanges(
    request: FastifyRequest,
    reply: FastifyReply,
    followed: readonly Followed[],
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
  const openStreams = new Map<string, number>();
  api.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  /** The time until the next reading, if there is no news. */
  const interval = () => (news.listening ? heardInterval : unheardInterval);

  /** What is written to one client. */
  function writerOf({ raw }: FastifyReply, stop: AbortSignal) {
    let spokeAt = Date.now();
    return {
      write: ({ event, data }: { event: string; data: string }): void => {
        raw.write(`event: ${event}\ndata: ${data}\n\n`);
        spokeAt = Date.now();
      },
      /** Speaks if nothing was said for long, and waits until the client may be sent more. */
      rest: async (): Promise<void> => {
        if (Date.now() - spokeAt >= heartbeat) {
          raw.write(': still here\n\n');
          spokeAt = Date.now();
        }
        await sleep(pause, undefined, { signal: stop });
        // A slow reader misses intermediate states instead of having them pile up here.
        if (raw.writableNeedDrain) await once(raw, 'drain', { signal: stop });
      },
    };
  }

  /** Answers with what `follow` writes, as long as it goes on and the caller may have a stream. */
  async function open(
    request: FastifyRequest,
    reply: FastifyReply,
    follow: (caller: Caller, stop: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const caller = callerOf(request);
    const others = openStreams.get(caller.id) ?? 0;
    if (others >= streamsOfCaller) throw tooManyStreams();
    openStreams.set(caller.id, others + 1);
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
    // Browsers otherwise wait 3 to 5 s before they come back to a stream that has ended.
    reply.raw.write(`retry: ${reconnectAfter}\n\n`);
    try {
      await follow(caller, stop);
    } catch (err) {
      // The headers have been sent, so all we can do is end the stream; clients reconnect.
      if (!stop.aborted) request.log.error({ err }, 'a status stream failed');
    } finally {
      const left = (openStreams.get(caller.id) ?? 1) - 1;
      if (left > 0) openStreams.set(caller.id, left);
      else openStreams.delete(caller.id);
      // A client that takes nothing must not keep the API from stopping.
      if (closing.signal.aborted && reply.raw.writableNeedDrain) reply.raw.destroy();
      else reply.raw.end();
    }
  }

  return {
    send: (request, reply, topics, read) =>
      open(request, reply, async (caller, stop) => {
        const { write, rest } = writerOf(reply, stop);
        // Before the first reading, so that nothing is missed between two readings.
        const subscription = news.subscribe(...[topics].flat(), ...newsOfCaller(caller));
        try {
          let last = '';
          while (!stop.aborted && (await isStillAccepted(deps, caller))) {
            const reading = await read();
            if (reading === null) return;
            const data = JSON.stringify(reading.view);
            if (data !== last) write({ event: 'status', data });
            last = data;
            if (reading.isLast) return;
            await rest();
            await subscription.next(interval(), stop);
          }
        } finally {
          subscription.close();
        }
      }),

    sendChanges: (request, reply, followed) =>
      open(request, reply, async (caller, stop) => {
        const { write, rest } = writerOf(reply, stop);
        const ofCaller = new Set<string>(newsOfCaller(caller));
        const watch = news.watch(
          (topic) => ofCaller.has(topic) || followed.some((one) => one.wants(topic)),
        );
        try {
          let topics: ReadonlySet<string> | null = null;
          let readAllAt = 0;
          while (!stop.aborted && (await isStillAccepted(deps, caller))) {
            // News may get lost, and some things change with time alone.
            if (topics?.size === 0 || Date.now() - readAllAt >= heardInterval) topics = null;
            if (topics === null) readAllAt = Date.now();
            for (const one of followed)
              for (const { event, data } of await readChanges(one, topics))
                write({ event, data: JSON.stringify(data) });
            await rest();
            topics = await watch.next(interval(), stop);
          }
        } finally {
          watch.close();
        }
      }),
  };
}

async function readChanges(
  { wants, read }: Followed,
  topics: ReadonlySet<string> | null,
): Promise<StreamEvent[]> {
  const about = topics && new Set([...topics].filter(wants));
  return about?.size === 0 ? [] : read(about);
}

function tooManyStreams(): ApiProblem {
  const detail = `You already have ${streamsOfCaller} open streams. Close one of them.`;
  return new ApiProblem(429, 'rate_limited', detail);
}
