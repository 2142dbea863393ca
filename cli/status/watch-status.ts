import { setTimeout as sleep } from 'node:timers/promises';
import { ApiUnreachable, type ApiClient } from '../client/api-client.ts';
import { readStatus } from './read-status.ts';
import { statusText } from './status-text.ts';

/** How {@link watchStatus} draws. */
export interface WatchOptions {
  /** Milliseconds from one look to the next. */
  interval: number;
  all: boolean;
  /** Ends it. */
  signal: AbortSignal;
  /** Draws a picture in place of the last one. */
  draw: (text: string) => void;
}

/**
 * Draws the status again and again until the signal aborts; an API that does not answer is a part of the picture.
 * Returns whether somebody was needed at the last look. Throws `ApiRefused`.
 */
export async function watchStatus(
  client: ApiClient,
  { interval, all, signal, draw }: WatchOptions,
): Promise<boolean> {
  let isNeeded = false;
  while (!signal.aborted) {
    const { text, needsSomebody } = await look(client, all);
    isNeeded = needsSomebody;
    draw(`${text}\n\n${new Date().toISOString()}, every ${interval / 1_000} s; Ctrl-C ends.\n`);
    // It rejects when it is ended.
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
  return isNeeded;
}

async function look(
  client: ApiClient,
  all: boolean,
): Promise<{ text: string; needsSomebody: boolean }> {
  try {
    const status = await readStatus(client);
    return { text: statusText(status, { all }), needsSomebody: status.needsSomebody };
  } catch (error) {
    if (!(error instanceof ApiUnreachable)) throw error;
    return { text: `API MISSING\n${error.message}`, needsSomebody: true };
  }
}
