import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { JsonError, parseJson } from '../../../model/text/ordered-json.ts';
import { classifyFailure } from './classify-failure.ts';
import { getBytes } from './get-bytes.ts';
import { JsonReader, ShapeError } from './json-reader.ts';
import { retryDelay, type Backoff } from './retry-delay.ts';

/** What bounds one call. Times in milliseconds. */
export interface RequestLimits {
  /** One attempt, from connecting to the last byte. */
  timeout: number;
  /** Attempts at all, before the call fails. */
  attempts: number;
  backoff: Backoff;
  /** Bytes of one answer. A string cannot hold more than half a gigabyte. */
  maxBytes: number;
}

/** What a {@link StorageApiClient} needs. */
export interface StorageApiClientOptions {
  /** The platform's address, such as `https://connection.keboola.com`; checked already. */
  url: URL;
  token: string;
  /** Connects, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  limits: RequestLimits;
  /** Where the API begins below the address; `/v2/storage` unless told. */
  root?: string;
}

/** A client of the Storage API (`/v2/storage`), for reading. */
export interface StorageApiClient {
  /**
   * Gets a path below `/v2/storage` (with its query) and decodes the answer. Answers 429 and 5xx,
   * lost connections and timeouts are tried again. Throws `StreamFailure` with a `source_…` code (or
   * the address policy's), or the signal's reason. `maxBytes` bounds this answer more than the others.
   */
  get<T>(
    path: string,
    decode: (answer: JsonReader) => T,
    signal: AbortSignal,
    maxBytes?: number,
  ): Promise<T>;
  /** Gets a path in the same way, and leaves the answer as bytes, to be decoded bit by bit. */
  getUnparsed(path: string, signal: AbortSignal): Promise<UnparsedAnswer>;
}

/** An answer in bytes, UTF-8 as the platform sent it. */
export interface UnparsedAnswer {
  readonly bytes: Buffer;
  /** Gives what `read` makes of these bytes. Throws `source_invalid` where it does not understand them. */
  decode<T>(read: () => T): T;
}

/** Builds a {@link StorageApiClient}; nothing is sent until the first call. */
export function createStorageApiClient(options: StorageApiClientOptions): StorageApiClient {
  const { url: base, token, dispatcher, limits, root = '/v2/storage' } = options;
  const prefix = `${base.origin}${base.pathname.replace(/\/+$/, '')}${root}`;

  async function getWithRetries(
    url: URL,
    name: string,
    signal: AbortSignal,
    maxBytes: number,
  ): Promise<Buffer> {
    const { timeout } = limits;
    for (let attempt = 1; ; attempt++) {
      try {
        return await getBytes(url, { token, dispatcher, timeout, maxBytes, signal });
      } catch (error) {
        signal.throwIfAborted();
        const { failure, again, retryAfter } = classifyFailure(name, error);
        if (!again || attempt >= limits.attempts) throw failure;
        await pause(retryDelay(limits.backoff, attempt, retryAfter, Date.now()), signal);
      }
    }
  }

  async function getUnparsed(
    path: string,
    signal: AbortSignal,
    maxBytes = limits.maxBytes,
  ): Promise<UnparsedAnswer> {
    const url = new URL(prefix + path);
    // The query stays out of messages.
    const name = `${url.origin}${url.pathname}`;
    const bytes = await getWithRetries(url, name, signal, Math.min(maxBytes, limits.maxBytes));
    return { bytes, decode: (read) => understand(name, read) };
  }

  return {
    getUnparsed,
    async get(path, decode, signal, maxBytes) {
      const answer = await getUnparsed(path, signal, maxBytes);
      return answer.decode(() =>
        decode(new JsonReader(parseJson(new TextDecoder().decode(answer.bytes)))),
      );
    },
  };
}

/** What `read` gives; a shape that it does not know becomes the address's failure. */
function understand<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError || error instanceof JsonError)) throw error;
    throw new StreamFailure(
      'source_invalid',
      `${name} gave an answer that Gitward does not understand (${error.message}). ` +
        'Check that the address is that of a Keboola stack; if it is, please report this.',
    );
  }
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
