import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../../http/problem.ts';

/**
 * The token that a page sends with each request that changes something. It comes from the session's
 * secret, which no page can read, and other sites can neither compute nor ask for it.
 */
export function csrfTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('gitward csrf token').digest('base64url');
}

/**
 * Refuses a request by cookie that changes something unless it carries the session's CSRF token and
 * comes from our own pages; throws {@link ApiProblem} 403 `csrf_refused`.
 */
export function requireOwnPage(
  request: FastifyRequest,
  { sessionSecret, publicUrl }: { sessionSecret: string; publicUrl: string },
): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  requireOwnOrigin(request, publicUrl);
  const sent = request.headers['x-csrf-token'];
  if (typeof sent !== 'string' || !isEqual(sent, csrfTokenOf(sessionSecret)))
    throw csrfRefused('Send the header `x-csrf-token` with the `csrfToken` of GET /v1/session.');
}

/**
 * Refuses what a browser sends for a page of another site, as far as the browser tells: that page
 * could sign its visitor in as somebody else.
 */
export function requireOwnOrigin({ headers, host }: FastifyRequest, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  const isForeignSite = site !== undefined && site !== 'same-origin';
  const { origin } = headers;
  const isForeignOrigin = origin !== undefined && origin !== publicUrl && hostOf(origin) !== host;
  if (isForeignSite || isForeignOrigin)
    throw csrfRefused(
      'This request comes from a page of another site. If it is your own, set GITWARD_PUBLIC_URL to its address.',
    );
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function csrfRefused(detail: string): ApiProblem {
  return new ApiProblem(403, 'csrf_refused', detail);
}
