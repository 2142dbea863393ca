import { request, type Dispatcher } from 'undici';

/** The answer had a status other than 200. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer';
  readonly status: number;
  /** The header, unchanged. */
  readonly retryAfter: string | null;

  constructor(status: number, retryAfter: string | null) {
    super(`answered ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The answer had more bytes than allowed. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** The attempt took too long. */
export class AttemptTimeout extends Error {
  override readonly name = 'AttemptTimeout';
}

/** What one attempt needs. */
export interface GetOptions {
  token: string;
  dispatcher: Dispatcher;
  /** The time from connecting to the last byte, in milliseconds. */
  timeout: number;
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * Sends one request and reads the answer. Does not follow redirects. Throws {@link RefusedAnswer},
 * {@link AnswerTooLarge}, {@link AttemptTimeout}, the signal's reason, or the connection's error.
 */
export async function getBytes(url: URL, options: GetOptions): Promise<Buffer> {
  const { signal } = options;
  signal.throwIfAborted();
  // `AbortSignal.any` would keep the signal of every attempt for as long as the caller's signal exists.
  const stop = new AbortController();
  const abort = () => stop.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => stop.abort(new AttemptTimeout()), options.timeout);
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: options.dispatcher,
      signal: stop.signal,
      headers: {
        'x-storageapi-token': options.token,
        accept: 'application/json',
        'user-agent': 'Gitward',
      },
    });
    if (statusCode === 200) {
      const announced = Number(headers['content-length'] ?? 0);
      return await readBody(body, announced, options.maxBytes);
    }
    // We do not use the body, but if it is not read, it keeps its connection busy.
    await body.dump({ limit: 65_536 });
    const retryAfter = headers['retry-after'];
    throw new RefusedAnswer(statusCode, typeof retryAfter === 'string' ? retryAfter : null);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Reads into one buffer of the announced size, so that a large answer is not in memory twice. */
async function readBody(
  body: AsyncIterable<Uint8Array>,
  announced: number,
  maxBytes: number,
): Promise<Buffer> {
  if (announced > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
  let buffer: Buffer = Buffer.allocUnsafeSlow(announced);
  let length = 0;
  for await (const chunk of body) {
    const needed = length + chunk.byteLength;
    if (needed > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
    if (needed > buffer.byteLength)
      buffer = enlarge(buffer, length, Math.min(needed * 2, maxBytes));
    buffer.set(chunk, length);
    length = needed;
  }
  return buffer.subarray(0, length);
}

function enlarge(buffer: Buffer, length: number, size: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(size);
  buffer.copy(larger, 0, 0, length);
  return larger;
}
