import { mirrorOfStream } from '../mirror/ids.ts';
import type { StreamId } from '../streams/ids.ts';

/**
 * What work waits in, as metrics and the log name it: changes of mirrors, saves of spaces, items of operations and of
 * checks, notices, feeds of platforms. The task queues of Temporal are called so, after `gitward-`.
 */
export type QueueName = 'mirrors' | 'spaces' | 'operations' | 'checks' | 'notices' | 'feeds';

/** The queue that the changes of a stream wait in. */
export function queueOf(stream: StreamId): QueueName {
  return mirrorOfStream(stream) === null ? 'spaces' : 'mirrors';
}
