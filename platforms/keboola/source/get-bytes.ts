import { request, type Dispatcher } from 'undici';

/** An answer other than 200. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer';
  readonly status: number;
  /** The header as it came. */
  readonly retryAfter: string | null;

  constructor(status: number, retryAfter: string | null) {
    super(`answered ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** An answer with more bytes than are taken. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** An attempt that took too long. */
export class AttemptTimeout extends Error {
  override readonly name = 'AttemptTimeout';
}

/** What one attempt needs. */
export interface GetOptions {
  token: string;
  dispatcher: Dispatcher;
  /** Milliseconds from connecting to the last byte. */
  timeout: number;
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * Asks once and reads the answer. Follows no redirect. Throws {@link RefusedAnswer},
 * {@link AnswerTooLarge}, {@link AttemptTimeout}, the signal's reason, or what the connection threw.
 */
export async function getBytes(url: URL, options: GetOptions): Promise<Buffer> {
  const { signal } = options;
  signal.throwIfAborted();
  // Not AbortSignal.any: the caller's signal lives long, and would keep every attempt's.
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
    // The body says nothing that we use, but an unread one would keep its connection.
    await body.dump({ limit: 65_536 });
    const retryAfter = headers['retry-after'];
    throw new RefusedAnswer(statusCode, typeof retryAfter === 'string' ? retryAfter : null);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Reads into one buffer of the announced size, so that a large answer is in memory once and not twice. */
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
