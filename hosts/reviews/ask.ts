import { request, type Dispatcher } from 'undici';
import { StreamFailure, Unreachable } from '../../model/streams/errors.ts';
import { saidLimit } from './said-limit.ts';
import { saidWords } from './said-words.ts';

const maxBytes = 4 * 1024 * 1024;
const timeout = 30_000;

/** A request to an API; `url` is whole, and `body` becomes JSON. */
export interface HostRequest {
  method: string;
  url: string;
  body?: unknown;
}

/** What an API answered. Only `status` and `at` are not text from outside. */
export interface Answer {
  status: number;
  /** The JSON in it; `null` if there is none, or something else, such as a page for people. */
  body: unknown;
  /** What it says is wrong, in a line of limited length and without the credential; empty if it says nothing. */
  words: string;
  /** When that was by the host's clock, in milliseconds since 1970; by ours if it does not say it. */
  at: number;
}

/**
 * Asks a host's API once. Rejects with `StreamFailure` if nothing about the repository can be learned from it: no connection, a
 * 5xx, a limit (`wider` says for how long), a redirect, more than 4 MiB, or no end within 30 seconds; and with the signal's
 * reason. All other answers are the caller's to judge.
 */
export type Ask = (request: HostRequest) => Promise<Answer>;

/** What {@link createAsk} needs. */
export interface AskOptions {
  /** Makes the connections, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  /** The host's name in messages. */
  name: string;
  /** The value of `Authorization`, and the secret in it, which no message repeats. */
  authorization: { header: string; secret: string } | null;
  signal: AbortSignal;
}

/** The one way to the APIs, whatever composes the requests. It follows no redirects, since one could send the credential elsewhere. */
export function createAsk({ dispatcher, name, authorization, signal }: AskOptions): Ask {
  return async ({ method, url, body }) => {
    signal.throwIfAborted();
    const api = `${name}’s API at ${new URL(url).host}`;
    try {
      const response = await request(url, {
        dispatcher,
        method: method,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
        headers: {
          accept: 'application/json',
          'user-agent': 'Gitward',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(authorization === null ? {} : { authorization: authorization.header }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { statusCode: status, headers } = response;
      const json = parsed(await read(response.body, api));
      const words = saidWords(json, authorization?.secret ?? '');
      const wait = saidLimit(status, headers, words);
      refuse({ api, status, words, wait, movedTo: pathOf(headers.location, url) });
      const at = Date.parse(typeof headers.date === 'string' ? headers.date : '');
      return { status, body: json, words, at: Number.isNaN(at) ? Date.now() : at };
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, api);
    }
  };
}

/** Throws if the answer is none about the repository. */
function refuse(answer: {
  api: string;
  status: number;
  words: string;
  wait: ReturnType<typeof saidLimit>;
  /** The path that a redirect leads to. */
  movedTo: string;
}): void {
  const { api, status, words, wait } = answer;
  const said = words === '' ? '' : ` It said: ${words}`;
  if (wait !== null)
    throw new StreamFailure(
      'repository_unreachable',
      `${api} limits how often it may be asked (${status}). Gitward waits, and tries again by itself.${said}`,
      { words, wider: { of: 'rate', step: 'read', wait: wait.milliseconds } },
    );
  if (status >= 500)
    throw new StreamFailure(
      'repository_unreachable',
      `${api} answered ${status}. Gitward tries again by itself.${said}`,
      { words },
    );
  if (status < 300 || status >= 400) return;
  // A repository that was moved is elsewhere in the API. Something in between leads people to a page.
  throw /^\/(api|repos|repositories)\//.test(answer.movedTo)
    ? new StreamFailure(
        'repository_not_found',
        `${api} answered that the repository is elsewhere (${status}). Gitward does not follow it with the credential: enter the repository’s new address.`,
        { words },
      )
    : new StreamFailure(
        'repository_error',
        `${api} answered that one should look elsewhere (${status}), perhaps at a page to sign in. Gitward does not follow it with the credential.`,
        { words },
      );
}

function pathOf(location: string | string[] | undefined, from: string): string {
  const text = String(location ?? '');
  return URL.canParse(text, from) ? new URL(text, from).pathname : '';
}

/** A body as text. Throws as soon as it is too long. */
async function read(body: Dispatcher.ResponseData['body'], api: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop destroys the body.
    if (bytes > maxBytes)
      throw new StreamFailure(
        'repository_error',
        `${api} answered with more than ${maxBytes / 1024 / 1024} MiB, which is not read.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The messages of connection errors could contain anything, so that only their codes are repeated. */
function failureOf(error: unknown, api: string): unknown {
  if (error instanceof StreamFailure || !(error instanceof Error)) return error;
  if (error instanceof Unreachable)
    return new StreamFailure(
      'repository_unreachable',
      `${api} cannot be asked. ${error.message} Gitward tries again by itself.`,
      { cause: error },
    );
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return /timeout/i.test(code)
    ? new StreamFailure(
        'repository_timeout',
        `${api} did not answer in time. Gitward tries again by itself.`,
        { cause: error },
      )
    : new StreamFailure(
        'repository_unreachable',
        `${api} cannot be reached (${code}). Gitward tries again by itself.`,
        { cause: error },
      );
}
