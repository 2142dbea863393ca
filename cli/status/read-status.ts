import type { Answer } from '../client/answers.ts';
import { ApiRefused, type ApiClient } from '../client/api-client.ts';
import { personCodes } from '../../model/streams/errors.ts';

type Ready = Answer<'GET /readyz'>;
type Overview = Answer<'GET /v1/overview'>;
type Item = Overview['items'][number];

/** A mirror or a space. */
export interface StreamStatus extends Item {
  /** Whether it goes on only if somebody does something. */
  needsSomebody: boolean;
}

/** Everything at a glance. */
export interface Status {
  /** When it was read; ISO. */
  at: string;
  parts: Pick<Ready, 'database' | 'temporal' | 'worker' | 'masterKey'> & { api: true };
  /** Mirrors and spaces, the worst first; `null`: the API cannot read them. */
  streams: StreamStatus[] | null;
  counts: Overview['counts'];
  /** Whether these are all: see `GET /v1/overview`. */
  isComplete: boolean;
  /** Whether a part is missing, or a stream needs somebody. */
  needsSomebody: boolean;
}

/** Reads the status of what the caller may see. Throws like {@link ApiClient}. */
export async function readStatus(client: ApiClient): Promise<Status> {
  const at = new Date().toISOString();
  const { database, temporal, worker, masterKey } = await readReadiness(client);
  const parts = { api: true, database, temporal, worker, masterKey } as const;
  const isWhole = Object.values(parts).every(Boolean);
  if (!database)
    return { at, parts, streams: null, counts: {}, isComplete: false, needsSomebody: true };
  const { items, counts, isComplete } = await client.send('GET /v1/overview', {});
  const streams = items.map((item) => ({ ...item, needsSomebody: isStuck(item) }));
  const needsSomebody = !isWhole || streams.some((stream) => stream.needsSomebody);
  return { at, parts, streams, counts, isComplete, needsSomebody };
}

/** What is not ready is answered with 503, which is no failure here. */
async function readReadiness(client: ApiClient): Promise<Ready> {
  try {
    return await client.send('GET /readyz', {});
  } catch (error) {
    if (error instanceof ApiRefused && error.status === 503 && isReady(error.problem))
      return error.problem;
    throw error;
  }
}

function isReady(answer: unknown): answer is Ready {
  return typeof answer === 'object' && answer !== null && 'masterKey' in answer;
}

/** Whether it goes on only if somebody does something. Approving reviews is ordinary work, and so is a pause. */
function isStuck({ state, outage, undecided }: Item): boolean {
  if (state === 'paused' || state === 'ended') return false;
  if (state === 'held' || state === 'escalated') return true;
  if (outage !== null && isForPersons(outage.reason.code)) return true;
  return undecided !== null && (undecided.conflicts + undecided.heldSaves > 0 || undecided.files);
}

/** The API's description calls a code a text. */
function isForPersons(code: string): boolean {
  return (personCodes as ReadonlySet<string>).has(code);
}
