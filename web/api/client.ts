import createClient, { type Middleware } from 'openapi-fetch';
import { noteReached, noteUnreachable } from './connection.ts';
import { ProblemError, problemOf } from './problem-error.ts';
import type { paths } from './schema.ts';

/** What a request that changes something carries, so that no other site can make it: from `GET /v1/session`. */
let csrfToken: string | null = null;

/** Call it with every session that was read. */
export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
}

const safeMethods = new Set(['GET', 'HEAD']);

const middleware: Middleware = {
  onRequest({ request }) {
    if (csrfToken !== null && !safeMethods.has(request.method))
      request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
  async onResponse({ response }) {
    noteReached();
    if (response.ok) return;
    throw problemOf(await response.json().catch(() => null), response);
  },
  onError({ error }: { error: unknown }) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    noteUnreachable();
    return new ProblemError({
      status: 0,
      code: 'unreachable',
      detail: 'Gitward does not answer. It is tried again by itself.',
      requestId: null,
    });
  },
};

/** The API, typed by its own description. Every refusal is thrown as a {@link ProblemError}. */
export const api = createClient<paths>({ baseUrl: '/' });
api.use(middleware);

/** The answer's body; what is not a success was thrown before. */
export async function dataOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}
