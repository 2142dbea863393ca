import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pTimeout from 'p-timeout';
import pg from 'pg';
import type { Db } from './connect.ts';

/** Options of {@link listen}. Times are in milliseconds. */
export interface ListenOptions {
  /**
   * A connection URL of PostgreSQL itself: poolers in transaction mode pass no notifications on.
   */
  url: string;
  /** The pool that test notifications are sent through. */
  db: Db;
  /** The name of a channel; it must need no quotes. */
  channel: string;
  /** Called with each notification's payload. */
  onNotice: (payload: string) => void;
  /**
   * Called when notifications start to arrive, and when they stop: anything sent in between was
   * missed.
   */
  onTurn: (listening: boolean) => void;
  /** Called with the reason each time that notifications stop arriving. */
  onProblem: (error: Error) => void;
  /** The time between two tests; defaults to 30 s. */
  trialInterval?: number;
  /** How long a test may take; defaults to 5 s. */
  trialPatience?: number;
}

/** A running listener; it listens until it is closed. */
export interface Listener {
  close(): Promise<void>;
}

/**
 * The delay before connecting again, in milliseconds; it doubles from the first value up to the
 * longest.
 */
const backoff = { first: 500, longest: 30_000 };

/** The payload of a test starts with this. We ignore the tests of other processes. */
const trialPrefix = 'trial/';

/**
 * Listens on a channel of the database over one connection, and connects again whenever it is lost.
 * It does not assume that notifications arrive but tests it: a notification of its own, sent
 * through the pool, has to come back, at the start and then at intervals. Never throws.
 */
export function listen(options: ListenOptions): Listener {
  const { url, db, channel, onNotice, onTurn, onProblem } = options;
  const { trialInterval = 30_000, trialPatience = 5_000 } = options;
  const closing = new AbortController();
  let trial: { payload: string; heard: () => void } | null = null;
  let pause = backoff.first;
  const isClosing = () => closing.signal.aborted;
  let listening = false;
  let troubled = false;

  function hear(payload: string): void {
    if (payload === trial?.payload) trial.heard();
    else if (!payload.startsWith(trialPrefix)) onNotice(payload);
  }

  async function tryOut(signal: AbortSignal): Promise<void> {
    const payload = trialPrefix + randomUUID();
    const heard = new Promise<void>((resolve) => (trial = { payload, heard: resolve }));
    const sent = sql`SELECT pg_notify(${channel}, ${payload})`.execute(db);
    try {
      await pTimeout(
        sent.then(() => heard),
        {
          ...{ milliseconds: trialPatience, signal },
          message: 'Notifications do not arrive over this connection.',
        },
      );
    } finally {
      trial = null;
    }
  }

  /** Listens over one connection until it is lost or a test fails. */
  async function session(): Promise<void> {
    const lost = new AbortController();
    const over = AbortSignal.any([closing.signal, lost.signal]);
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: url,
      stream: () => socket,
      connectionTimeoutMillis: 10_000,
      query_timeout: 5_000,
      application_name: 'gitward-listener',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    const leave = () => void socket.destroy();
    closing.signal.addEventListener('abort', leave);
    client.on('error', (error) => lost.abort(error));
    client.on('end', () => lost.abort(new Error('The connection has ended.')));
    client.on('notification', ({ payload = '' }) => hear(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      for (;;) {
        await tryOut(over);
        if (!listening) turn(true);
        await sleep(trialInterval, undefined, { signal: over });
      }
    } catch (error) {
      throw lost.signal.aborted ? lost.signal.reason : error;
    } finally {
      closing.signal.removeEventListener('abort', leave);
      if (listening) turn(false);
      // Without this, a connection that was dropped silently would stay open for a quarter of an
      // hour.
      socket.destroy();
    }
  }

  function turn(now: boolean): void {
    listening = now;
    if (now) {
      pause = backoff.first;
      troubled = false;
    }
    onTurn(now);
  }

  async function run(): Promise<void> {
    while (!isClosing()) {
      try {
        await session();
      } catch (error) {
        if (isClosing()) return;
        if (!troubled) onProblem(error instanceof Error ? error : new Error(String(error)));
        troubled = true;
      }
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      pause = Math.min(2 * pause, backoff.longest);
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}
