import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { WebhookScheme } from '../../../model/knowledge/space.ts';

/** What a host posted; `body` is the raw bytes, which the signature is over. */
export interface Posted {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** How a host signs its webhooks, and how to read them. */
interface Scheme {
  /**
   * Whether it was signed with one of these secrets. Takes the same time whatever the secrets are.
   */
  isSigned(posted: Posted, secrets: readonly string[]): boolean;
  /**
   * Headers with the id of the delivery, of which the first one present is used; the id stays the
   * same when a host sends again.
   */
  delivery: string[];
  /** Headers with the name of the event, and its names for a push and for what changes a pull request. */
  event: string[];
  push: string[];
  review: string[];
}

/**
 * The schemes, each as its host documents it: GitHub "Validating webhook deliveries", Gitea and Forgejo "Webhooks", GitLab
 * "Webhooks" (a secret token, or a signing token by standardwebhooks.com).
 */
const schemes: Record<WebhookScheme, Scheme> = {
  github: {
    isSigned: (posted, secrets) => isHmacOf(posted, secrets, 'x-hub-signature-256', 'sha256='),
    delivery: ['x-github-delivery'],
    event: ['x-github-event'],
    push: ['push'],
    review: ['pull_request', 'pull_request_review'],
  },
  gitea: {
    isSigned: (posted, secrets) =>
      isHmacOf(posted, secrets, 'x-gitea-signature', '') ||
      isHmacOf(posted, secrets, 'x-forgejo-signature', ''),
    delivery: ['x-gitea-delivery', 'x-forgejo-delivery'],
    event: ['x-gitea-event', 'x-forgejo-event'],
    push: ['push'],
    review: ['pull_request', 'pull_request_approved', 'pull_request_rejected'],
  },
  gitlab: {
    isSigned: (posted, secrets) => isToken(posted, secrets) || isStandard(posted, secrets),
    // The event's UUID comes last, because events triggered by a hook's own push carry the same
    // one.
    delivery: ['idempotency-key', 'webhook-id', 'x-gitlab-event-uuid'],
    event: ['x-gitlab-event'],
    push: ['Push Hook', 'System Hook'],
    // Approvals are among them.
    review: ['Merge Request Hook'],
  },
};

const signatureHeaders = [
  'x-hub-signature-256',
  'x-gitea-signature',
  'x-forgejo-signature',
  'x-gitlab-token',
  'webhook-signature',
];

/** Whether it carries a signature of any scheme at all. */
export function hasSignature({ headers }: Posted): boolean {
  return signatureHeaders.some((name) => textOf(headers, [name]) !== null);
}

/** Whether the post was signed with one of the secrets, according to this scheme. */
export function isSigned(
  scheme: WebhookScheme,
  posted: Posted,
  secrets: readonly string[],
): boolean {
  return schemes[scheme].isSigned(posted, secrets);
}

/** The delivery's id, cut to 200 characters; `null` if the host sends none. */
export function deliveryId(scheme: WebhookScheme, { headers }: Posted): string | null {
  return textOf(headers, schemes[scheme].delivery)?.slice(0, 200) ?? null;
}

/**
 * Whether it may be a push to this branch, or something that changes a pull request. A push whose branch cannot be read
 * counts, and so does every pull request, since its target may just have been changed: one check too many costs one request,
 * one too few costs a minute.
 */
export function mayBeNews(
  scheme: WebhookScheme,
  { headers, body }: Posted,
  branch: string,
): boolean {
  const event = textOf(headers, schemes[scheme].event);
  const { push, review } = schemes[scheme];
  if (event !== null && review.includes(event)) return true;
  if (event !== null && !push.includes(event)) return false;
  const ref = refOf(body);
  return ref === null || ref === `refs/heads/${branch}`;
}

function refOf(body: Buffer): string | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null || !('ref' in value)) return null;
    return typeof value.ref === 'string' ? value.ref : null;
  } catch {
    // A form, for example; it is signed, so it comes from the host.
    return null;
  }
}

function isHmacOf(
  { headers, body }: Posted,
  secrets: readonly string[],
  header: string,
  prefix: string,
): boolean {
  const given = textOf(headers, [header]);
  if (given === null) return false;
  return anyOf(secrets, (secret) =>
    isSame(given, prefix + createHmac('sha256', secret).update(body).digest('hex')),
  );
}

function isToken({ headers }: Posted, secrets: readonly string[]): boolean {
  const given = textOf(headers, ['x-gitlab-token']);
  return given !== null && anyOf(secrets, (secret) => isSame(given, secret));
}

/** How many seconds a signed time may differ from ours, as standardwebhooks.com recommends. */
const tolerance = 300;

function isStandard({ headers, body }: Posted, secrets: readonly string[]): boolean {
  const [id, time, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    textOf(headers, [name]),
  );
  if (id == null || time == null || given == null) return false;
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= tolerance)) return false;
  return anyOf(secrets, (secret) => {
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
    const expected = createHmac('sha256', key).update(`${id}.${time}.`).update(body);
    const text = `v1,${expected.digest('base64')}`;
    return anyOf(given.split(' '), (one) => isSame(one, text));
  });
}

/** Checks all values, even after a match. */
function anyOf(values: readonly string[], holds: (value: string) => boolean): boolean {
  return values.map(holds).includes(true);
}

/** Compares hashes: they have the same length, and the time it takes reveals nothing. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function textOf(headers: IncomingHttpHeaders, names: readonly string[]): string | null {
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
