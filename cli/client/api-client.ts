import type { Static } from '@fastify/type-provider-typebox';
import { Unreachable } from '../../model/streams/errors.ts';
import type { Problem } from '../../api/http/schema-parts.ts';
import type { Answer, Item, ListRoute, Route } from './answers.ts';
import type { FieldError } from './command-words.ts';
import { addressOf, type RouteRequest } from './route-request.ts';

/** The API refused the request. The message is its problem (RFC 9457) in readable form. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  readonly status: number;
  /** The problem's code; `null` if the answer is not a problem. */
  readonly code: string | null;
  /** What is wrong with which parts of the request. */
  readonly errors: readonly FieldError[];
  /** The problem as received; for `--json`. */
  readonly problem: unknown;

  constructor(
    message: string,
    { status, code, errors, problem }: Pick<ApiRefused, 'status' | 'code' | 'errors' | 'problem'>,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.problem = problem;
  }
}

/** There is no answer at the API's address, or it is not from Gitward's API. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

/**
 * A client of the API. Every method throws {@link ApiRefused} or {@link ApiUnreachable}. Parameters
 * are given as they are; the client encodes them.
 */
export interface ApiClient {
  /** Sends a request; returns what the route answers, or `null` if it answers nothing. */
  send<R extends Route>(route: R, request: RouteRequest<R>): Promise<Answer<R>>;
  /** Returns the items of a list, read page by page; at most `limit`. */
  list<R extends ListRoute>(route: R, request: RouteRequest<R>, limit?: number): Promise<Item<R>[]>;
}

/**
 * Milliseconds to wait for an answer. A preview reads a whole project; nothing else takes nearly as
 * long.
 */
const patience = 150_000;

/** What a client needs of `fetch`. */
export type ApiFetch = (
  url: string,
  request: {
    method: string;
    redirect: 'error';
    signal: AbortSignal;
    headers: Record<string, string>;
    body?: string;
  },
) => Promise<{
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** Which API a client talks to. */
export interface ApiClientOptions {
  url: string;
  /** It is sent nowhere else: redirects are not followed. */
  token: string;
  /** Sends the requests; defaults to Node's `fetch`, which goes there directly. */
  fetch?: ApiFetch;
  /** Called once, with an ISO time, if the token soon expires. */
  onExpiry?: (expiresAt: string) => void;
}

/** Creates a client of the API at `url`. */
export function createApiClient({
  url,
  token,
  fetch = globalThis.fetch,
  onExpiry,
}: ApiClientOptions): ApiClient {
  const base = url.replace(/\/+$/, '');
  let isWarned = false;

  async function send<R extends Route>(route: R, request: RouteRequest<R>): Promise<Answer<R>> {
    const { method, path } = addressOf(route, request);
    const { body } = request;
    let response: Awaited<ReturnType<ApiFetch>>;
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
    const expiresAt = response.headers.get('gitward-token-expires');
    if (expiresAt !== null && !isWarned) {
      isWarned = true;
      onExpiry?.(expiresAt);
    }
    const answer = parse(text, base, response.status);
    if (!response.ok) throw refused(response.status, answer);
    // What a route answers is written by the schema that the type is made from.
    return answer as Answer<R>;
  }

  async function list<R extends ListRoute>(
    route: R,
    request: RouteRequest<R>,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<Item<R>[]> {
    const items: Item<R>[] = [];
    let cursor: string | null = null;
    do {
      const size = String(Math.min(200, limit - items.length));
      const page: Answer<R> = await send(route, {
        ...request,
        query: { ...request.query, limit: size, cursor },
      });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && items.length < limit);
    return items;
  }

  return { send, list };
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
  // It may come from a proxy that is not ours.
  const {
    detail,
    code,
    errors = [],
    requestId,
  } = (answer ?? {}) as Partial<Static<typeof Problem>>;
  const fields = errors
    .map(({ pointer, message }) => `\n  ${pointer.replace(/^\/(?:fields\/)?/, '')}: ${message}`)
    .join('');
  const request = status >= 500 && requestId !== undefined ? `\n  request ${requestId}` : '';
  return new ApiRefused(
    `${detail ?? `The API answered ${status}.`} (${code ?? status})${fields}${request}`,
    { status, code: code ?? null, errors, problem: answer },
  );
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${patience / 1_000} s`;
  const { cause: inner } = cause;
  if (inner instanceof Unreachable) return inner.message.replace(/\.$/, '');
  return inner instanceof Error && 'code' in inner ? String(inner.code) : cause.message;
}
