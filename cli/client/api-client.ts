/** The API refused the request. The message is its problem (RFC 9457) in readable form. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  readonly status: number;
  /** The problem as received; for `--json`. */
  readonly problem: unknown;

  constructor(status: number, message: string, problem: unknown) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** There is no answer at the API's address, or it is not from Gitward's API. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

/** A client of the API. Every method throws {@link ApiRefused} or {@link ApiUnreachable}. */
export interface ApiClient {
  /** Sends a request; returns the parsed body, or `null` if there is none. */
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<unknown>;
  /** Returns the items of a list, read page by page; at most `limit`. */
  list(path: string, limit?: number): Promise<unknown[]>;
}

/**
 * Milliseconds to wait for an answer. A preview reads a whole project; nothing else takes nearly as
 * long.
 */
const patience = 150_000;

/**
 * Creates a client of the API at `url`. The token is sent nowhere else: redirects are not followed.
 */
export function createApiClient({ url, token }: { url: string; token: string }): ApiClient {
  const base = url.replace(/\/+$/, '');

  async function send(method: string, path: string, body?: unknown): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${base}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json, application/problem+json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (cause) {
      throw new ApiUnreachable(
        `The API does not answer at ${base} (${reasonOf(cause)}). Is \`gitward start\` running? ` +
          'Use --url or GITWARD_URL to give another address.',
        { cause },
      );
    }
    const answer = parse(text, base, response.status);
    if (!response.ok) throw refused(response.status, answer);
    return answer;
  }

  return {
    send,
    async list(path, limit = Number.POSITIVE_INFINITY) {
      const items: unknown[] = [];
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({ limit: String(Math.min(200, limit - items.length)) });
        if (cursor !== null) query.set('cursor', cursor);
        const page = (await send(
          'GET',
          `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`,
        )) as {
          items: unknown[];
          nextCursor: string | null;
        };
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && items.length < limit);
      return items;
    },
  };
}

function parse(text: string, base: string, status: number): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiUnreachable(
      `${base} answered ${status} with something that is not JSON, so it is not Gitward's API. ` +
        'Check --url and GITWARD_URL.',
      { cause },
    );
  }
}

function refused(status: number, answer: unknown): ApiRefused {
  const { detail, code, errors, requestId } = (answer ?? {}) as Partial<{
    detail: string;
    code: string;
    errors: { pointer: string; message: string }[];
    requestId: string;
  }>;
  const fields = (errors ?? [])
    .map(({ pointer, message }) => `\n  ${pointer}: ${message}`)
    .join('');
  const request = status >= 500 && requestId !== undefined ? `\n  request ${requestId}` : '';
  return new ApiRefused(
    status,
    `${detail ?? `The API answered ${status}.`} (${code ?? status})${fields}${request}`,
    answer,
  );
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${patience / 1_000} s`;
  const { cause: inner } = cause;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : cause.message;
}
