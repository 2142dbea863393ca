import { setTimeout as sleep } from 'node:timers/promises';
import { request, type Dispatcher } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { StreamFailure, Unreachable } from '../../model/streams/errors.ts';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import { millisecondsOf } from '../reviews/said-limit.ts';
import { readCompletion } from './read-completion.ts';
import type { AskModel, Model, ModelAnswer, ModelMessage } from './types.ts';

const maxBytes = 1024 * 1024;
const mostAttempts = 3;
/** Waits between attempts, in milliseconds: if the host does not say how long, and at most. */
const waits = { first: 1_000, longest: 30_000 };

/** What {@link createAskModel} needs. */
export interface AskModelOptions {
  /** Makes the connections, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  /** Waits between attempts; tests need not. */
  pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The host is busy, or could not be reached this time. */
interface Busy {
  kind: 'busy';
  reason: string;
  /** How long it asks to wait, in milliseconds; `null` if it does not say. */
  wait: number | null;
}

/**
 * See {@link AskModel}. The key is only sent to the model's own address: no redirect is followed. An answer is read up to 1 MiB.
 */
export function createAskModel({ dispatcher, pause = wait }: AskModelOptions): AskModel {
  return async (model, messages, { signal }) => {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const answer = await askOnce(dispatcher, model, messages, signal);
      if (answer.kind !== 'busy') return answer;
      const milliseconds = answer.wait ?? waits.first * 2 ** (attempt - 1);
      const isTooLong = milliseconds > waits.longest;
      if (isTooLong || attempt === mostAttempts)
        return { kind: 'error', reason: answer.reason, isForAll: isTooLong };
      await pause(milliseconds, signal);
    }
  };
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal });
}

async function askOnce(
  dispatcher: Dispatcher,
  { address, name, key, timeout }: Model,
  messages: readonly ModelMessage[],
  signal: AbortSignal,
): Promise<ModelAnswer | Busy> {
  const { host } = new URL(address);
  try {
    const response = await request(`${address}/chat/completions`, {
      ...{ dispatcher, method: 'POST', headersTimeout: timeout, bodyTimeout: timeout },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      headers: {
        ...{ accept: 'application/json', 'content-type': 'application/json' },
        'user-agent': 'Gitward',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model: name, messages }),
    });
    const text = await read(response.body);
    if (text === null) return error(`${host} answered with more than ${maxBytes / 1024 / 1024} MiB, which is not read.`); // prettier-ignore
    const body = parsed(withoutKey(text, key));
    const { statusCode: status, headers } = response;
    return status >= 200 && status < 300
      ? readCompletion(body)
      : judgeStatus(host, status, headers, body);
  } catch (failure) {
    signal.throwIfAborted();
    return failureOf(host, timeout, failure);
  }
}

/** What a status that is none of 2xx says about the question, or about the host. */
function judgeStatus(
  host: string,
  status: number,
  headers: IncomingHttpHeaders,
  body: unknown,
): ModelAnswer | Busy {
  const words = saidWords(body);
  const said = words === '' ? '' : ` It said: ${words}`;
  if (status === 429 || status === 408 || status >= 500) {
    const after = millisecondsOf(headers['retry-after']);
    const reason = `${host} is busy (${status}).${said}`;
    return { kind: 'busy', reason, wait: Number.isNaN(after) ? null : Math.max(0, after) };
  }
  if ([400, 413, 422].includes(status)) return { kind: 'declined', reason: `${host} does not take what it was asked (${status}).${said}` }; // prettier-ignore
  if (status < 400) return errorForAll(`${host} answered that one should look elsewhere (${status}). Gitward does not follow it with the key: enter the new address.`); // prettier-ignore
  if (status === 401 || status === 403) return errorForAll(`${host} does not take the key (${status}).${said}`); // prettier-ignore
  return errorForAll(`${host} has no such model or address (${status}).${said}`);
}

/** The messages of connection errors could contain anything, so that only their codes are repeated. */
function failureOf(host: string, timeout: number, failure: unknown): ModelAnswer | Busy {
  if (failure instanceof StreamFailure) return errorForAll(failure.message);
  if (failure instanceof Unreachable) return errorForAll(`${host} cannot be asked. ${failure.message}`); // prettier-ignore
  if (!(failure instanceof Error)) throw failure;
  const code = 'code' in failure && typeof failure.code === 'string' ? failure.code : failure.name;
  if (/timeout/i.test(code)) return error(`${host} did not answer within ${timeout / 1_000} s.`);
  return { kind: 'busy', reason: `${host} cannot be reached (${code}).`, wait: null };
}

/** A body as text; `null` as soon as it is too long. */
async function read(body: Dispatcher.ResponseData['body']): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop destroys the body.
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** What a host repeats of the key must not be kept or shown, not even as an answer. */
function withoutKey(text: string, key: string | null): string {
  return key === null || key === '' ? text : text.replaceAll(key, '…');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** What an error of such an API says, in a line of limited length: `{"error": {"message"}}`, or what others have instead. */
function saidWords(body: unknown): string {
  const inside = field(body, 'error') ?? body;
  const said = [inside, field(inside, 'message'), field(inside, 'detail')];
  const words = said.find((one) => typeof one === 'string' && one !== '');
  return typeof words === 'string' ? cut(oneLine(words.slice(0, 2_000)), 500) : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? value[name as keyof typeof value]
    : undefined;
}

function error(reason: string): ModelAnswer {
  return { kind: 'error', reason, isForAll: false };
}

function errorForAll(reason: string): ModelAnswer {
  return { kind: 'error', reason, isForAll: true };
}
