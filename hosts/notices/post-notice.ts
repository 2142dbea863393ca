import { request, type Dispatcher } from 'undici';
import { StreamFailure, Unreachable } from '../../model/streams/errors.ts';
import type { OutgoingNotice } from '../../model/streams/notice.ts';
import type { ChannelTarget } from '../../model/streams/notice-channel.ts';
import { cut, oneLine } from '../../model/text/outside-text.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';
import { webhookMessage, type WebhookMessage } from './webhook-message.ts';

/** The time for one message, in milliseconds. */
const timeout = 10_000;
/** Only the beginning of an answer says anything. */
const mostRead = 2_000;
const mostRepeated = 300;
/** Shorter parts of an address, such as `services`, are no secrets, and are words of other texts. */
const shortestSecret = 9;

/** A channel that is reached by HTTP. */
export type PostedTarget = Exclude<ChannelTarget, { kind: 'email' }>;

/**
 * Posts a notice to the webhook of a channel. Rejects with an error that names the host, and never the address, which is a
 * secret. Follows no redirect.
 */
export async function postNotice(
  dispatcher: Dispatcher,
  target: PostedTarget,
  notice: OutgoingNotice,
): Promise<void> {
  const { host } = new URL(target.url);
  const { headers, body } = messageFor(target, notice);
  const answer = await request(target.url, {
    ...{ dispatcher, method: 'POST', headersTimeout: timeout, bodyTimeout: timeout, body },
    signal: AbortSignal.timeout(timeout),
    headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Gitward' },
  }).catch((failure: unknown) => {
    throw new Error(whyNotReached(host, failure), { cause: failure });
  });
  const { statusCode: status } = answer;
  const words = withoutSecrets(await beginningOf(answer.body), target.url);
  if (status >= 200 && status < 300) return;
  const said = words === '' ? '' : ` It said: ${cut(oneLine(words), mostRepeated)}`;
  throw new Error(`${host} does not take the message (${status}): ${meaningOf(status)}.${said}`);
}

function messageFor(target: PostedTarget, notice: OutgoingNotice): WebhookMessage {
  switch (target.kind) {
    case 'slack':
      return { headers: {}, body: JSON.stringify(slackMessage(notice)) };
    case 'teams':
      return { headers: {}, body: JSON.stringify(teamsMessage(notice)) };
    case 'webhook':
      return webhookMessage(notice, target.secret, new Date());
  }
}

function meaningOf(status: number): string {
  if (status === 429) return 'it wants fewer of them';
  if (status >= 500) return 'it is in trouble itself';
  if (status >= 300 && status < 400) return 'it should be sent elsewhere, which is not done';
  return 'look whether the channel still exists there, and give it its address again';
}

/** The messages of connection errors could contain anything, so that only their codes are repeated. */
function whyNotReached(host: string, failure: unknown): string {
  if (failure instanceof StreamFailure) return failure.message;
  if (failure instanceof Unreachable) return `${host} cannot be reached. ${failure.message}`;
  if (!(failure instanceof Error)) return `${host} cannot be reached.`;
  const code = 'code' in failure && typeof failure.code === 'string' ? failure.code : failure.name;
  if (/timeout/i.test(code)) return `${host} did not answer within ${timeout / 1_000} s.`;
  return `${host} cannot be reached (${code}).`;
}

async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      // Leaving the loop destroys the body.
      if (bytes >= mostRead) break;
    }
  } catch {
    // What it had begun to say is all that there is.
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, mostRead);
}

/**
 * What a host repeats of the address must not be kept or shown: each part of it that may be secret is cut out, however the
 * host writes the marks between the parts.
 */
function withoutSecrets(words: string, url: string): string {
  const { pathname, searchParams } = new URL(url);
  const parts = [...pathname.split('/'), ...searchParams.values()].flatMap((part) => [
    part,
    decoded(part),
  ]);
  return [...new Set(parts)]
    .filter((part) => part.length >= shortestSecret)
    .reduce((left, part) => left.replaceAll(part, '…'), words);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
