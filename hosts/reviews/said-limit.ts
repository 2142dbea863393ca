import type { IncomingHttpHeaders } from 'undici/types/header.js';

const longest = 24 * 60 * 60 * 1_000;

/**
 * Whether an answer says that the API is asked too often, and for how long not to ask it, if it says that; `null` if it does not.
 * GitHub has 403 and 429 ("Rate limits for the REST API"), GitLab and Gitea 429.
 */
export function saidLimit(
  status: number,
  headers: IncomingHttpHeaders,
  words: string,
): { milliseconds: number | null } | null {
  const isLimit =
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit/i.test(words)));
  if (!isLimit) return null;
  const after = millisecondsOf(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']) * 1_000;
  const wait = Number.isNaN(after) ? reset - Date.now() : after;
  return { milliseconds: Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longest) };
}

/** How long `Retry-After` asks to wait; `NaN` if it is neither seconds nor a date (RFC 9110, section 10.2.3). */
export function millisecondsOf(after: string | string[] | undefined): number {
  const seconds = Number(after);
  return Number.isNaN(seconds) ? Date.parse(String(after)) - Date.now() : seconds * 1_000;
}
