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
export interface GetTextOptions {
  token: string;
  dispatcher: Dispatcher;
  /** Milliseconds from connecting to the last byte. */
  timeout: number;
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * Asks once and reads the answer as text. Follows no redirect. Throws {@link RefusedAnswer},
 * {@link AnswerTooLarge}, {@link AttemptTimeout}, the signal's reason, or what the connection threw.
 */
export async function getText(url: URL, options: GetTextOptions): Promise<string> {
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
    if (statusCode === 200) return await readText(body, options.maxBytes);
    // The body says nothing that we use, but an unread one would keep its connection.
    await body.dump({ limit: 65_536 });
    const retryAfter = headers['retry-after'];
    throw new RefusedAnswer(statusCode, typeof retryAfter === 'string' ? retryAfter : null);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks, bytes));
}
