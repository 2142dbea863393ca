import { createHmac } from 'node:crypto';
import type { NoticeFacts, OutgoingNotice } from '../../model/streams/notice.ts';

/** A message for a webhook of one's own. */
export interface WebhookMessage {
  headers: Record<string, string>;
  body: string;
}

const secretPrefix = 'whsec_';

/**
 * The message for a program of one's own, signed as standardwebhooks.com has it: HMAC-SHA256 over id, time and body. Its
 * id stays the same when it is sent again; the time does not.
 */
export function webhookMessage(
  { id, kind, subject, text, cause, about, count }: OutgoingNotice,
  secret: string,
  now: Date,
): WebhookMessage {
  const [first] = about;
  const body = JSON.stringify({
    type: 'gitward.notice',
    timestamp: now.toISOString(),
    data: {
      ...{ kind, subject, text, cause, count },
      // The first, as in messages of a single outage.
      about: first === undefined ? null : aboutOf(first),
      outages: about.map(aboutOf),
    },
  });
  const seconds = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    headers: {
      ...{ 'webhook-id': id, 'webhook-timestamp': seconds },
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}

function aboutOf({ subject, ...facts }: NoticeFacts): object {
  return {
    ...{ name: subject.name, product: subject.word },
    repository: { url: facts.repositoryUrl, branch: facts.repositoryBranch },
    ...{ code: facts.code, reason: facts.message, waiting: facts.waiting },
    ...{ attempts: facts.attempts, since: facts.since.toISOString() },
    endedAt: facts.endedAt?.toISOString() ?? null,
    nextAttemptAt: facts.nextAttemptAt?.toISOString() ?? null,
  };
}
