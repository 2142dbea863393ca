import type { FastifyReply } from 'fastify';
import { createSlots } from '../http/slots.ts';
import { whileWaitedFor } from '../http/while-waited-for.ts';

/** How long a preview may take, in milliseconds: it reads a whole project and lists a repository. */
const patience = 120_000;
/** Each has a whole project in memory. */
const atOnce = { most: 2, waiting: 8, what: 'previews are made' };

/** Makes a preview, until nobody waits for it any more. Throws 503 if it takes too long, or too many are wanted. */
export type WhilePreviewed = <T>(
  reply: FastifyReply,
  make: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** What all routes that make previews share. */
export function createPreviewSlots(): WhilePreviewed {
  const slots = createSlots(atOnce);
  return (reply, make) =>
    whileWaitedFor(reply, { what: 'The preview', patience }, (signal) =>
      slots.run(() => {
        signal.throwIfAborted();
        return make(signal);
      }),
    );
}
