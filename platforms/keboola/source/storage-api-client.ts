import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { JsonError, parseJsonExactly } from '../../../model/text/ordered-json.ts';
import { TooBusy, type SourceTraffic } from '../../traffic/source-traffic.ts';
import { askedWait, classifyFailure, isAskedToWait, refusedStatus } from './classify-failure.ts';
import { getBytes } from './get-bytes.ts';
import { JsonReader, ShapeError } from './json-reader.ts';
import { retryDelay, type Backoff } from './retry-delay.ts';

/** The limits of a call. Times are in milliseconds. */
export interface RequestLimits {
  /** The time for one attempt, from connecting to the last byte. */
  timeout: number;
  /** The total number of attempts before the call fails. */
  attempts: number;
  backoff: Backoff;
  /** The maximum size of one answer in bytes. A string cannot be longer than half a gigabyte. */
  maxBytes: number;
}

/** What a {@link StorageApiClient} needs. */
export interface StorageApiClientOptions {
  /** The platform's URL, such as `https://connection.keboola.com`, which has already been checked. */
  url: URL;
  token: string;
  /** Makes connections, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  limits: RequestLimits;
  /** The turns of this project at a host. */
  trafficTo: (url: URL) => SourceTraffic;
  /** The path at which the API begins. Defaults to `/v2/storage`. */
  root?: string;
}

/** A client of the Storage API (`/v2/storage`), for reading. */
export interface StorageApiClient {
  /**
   * Gets a path below `/v2/storage` (with its query) and decodes the answer. Tries again after the statuses
   * 429 and 5xx, lost connections and timeouts. Throws a `StreamFailure` with a `source_…` code (or that of
   * the address policy), or the signal's reason. `maxBytes` lowers the limit for this answer.
   */
  get<T>(
    path: string,
    decode: (answer: JsonReader) => T,
    signal: AbortSignal,
    maxBytes?: number,
  ): Promise<T>;
  /** Gets a path in the same way, but returns the answer as bytes, to be decoded piece by piece. */
  getUnparsed(path: string, signal: AbortSignal): Promise<UnparsedAnswer>;
}

/** An answer as bytes, in UTF-8 as the platform sent it. */
export interface UnparsedAnswer {
  readonly bytes: Buffer;
  /**
   * Returns the result of `read`, which decodes these bytes. Throws `source_invalid` if it does not
   * understand them.
   */
  decode<T>(read: () => T): T;
}

/** Creates a {@link StorageApiClient}. Nothing is sent until the first call. */
export function createStorageApiClient(options: StorageApiClientOptions): StorageApiClient {
  const { url: base, token, dispatcher, limits, root = '/v2/storage' } = options;
  const traffic = options.trafficTo(base);
  const prefix = `${base.origin}${base.pathname.replace(/\/+$/, '')}${root}`;

  async function getWithRetries(
    url: URL,
    name: string,
    signal: AbortSignal,
    maxBytes: number,
  ): Promise<Buffer> {
    const { timeout } = limits;
    for (let attempt = 1; ; attempt++) {
      const turn = await traffic.enter({ patience: timeout, signal }).catch(asFailure);
      let wait: number;
      try {
        const bytes = await getBytes(url, { token, dispatcher, timeout, maxBytes, signal });
        turn.answered();
        return bytes;
      } catch (error) {
        signal.throwIfAborted();
        const { failure, again, retryAfter } = classifyFailure(name, error);
        wait = retryDelay(limits.backoff, attempt, retryAfter, Date.now());
        const asked = askedWait(failure, Date.now()) ?? wait;
        if (isAskedToWait(failure)) turn.limited(asked);
        else if (refusedStatus(failure) !== null) turn.answered();
        if (!again || attempt >= limits.attempts || asked > timeout) throw failure;
      } finally {
        turn.leave();
      }
      await pause(wait, signal);
    }
  }

  async function getUnparsed(
    path: string,
    signal: AbortSignal,
    maxBytes = limits.maxBytes,
  ): Promise<UnparsedAnswer> {
    const url = new URL(prefix + path);
    // Messages do not contain the query.
    const name = `${url.origin}${url.pathname}`;
    const bytes = await getWithRetries(url, name, signal, Math.min(maxBytes, limits.maxBytes));
    return { bytes, decode: (read) => understand(name, read) };
  }

  return {
    getUnparsed,
    async get(path, decode, signal, maxBytes) {
      const answer = await getUnparsed(path, signal, maxBytes);
      return answer.decode(() => {
        const { value, exact } = parseJsonExactly(new TextDecoder().decode(answer.bytes));
        return decode(new JsonReader(value, '', exact));
      });
    },
  };
}

/** The result of `read`. If the form is unexpected, throws a failure that names the URL. */
function understand<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError || error instanceof JsonError)) throw error;
    throw new StreamFailure(
      'source_invalid',
      `${name} returned an answer that Gitward does not understand (${error.message}). ` +
        'Check that the address belongs to a Keboola stack; if it does, please report this.',
    );
  }
}

/** A host that is too busy is one that cannot be reached: trying again later helps. */
function asFailure(error: unknown): never {
  if (!(error instanceof TooBusy)) throw error;
  throw new StreamFailure('source_unreachable', `${error.message} It is tried again later.`, {
    cause: error,
  });
}

/** Waits, or throws the signal's reason. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
