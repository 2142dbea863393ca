import { createHmac } from 'node:crypto';
import type { WebhookScheme } from '../../../model/knowledge/space.ts';

/** Headers of a request. */
export type Headers = Record<string, string>;

/** How the hosts sign and identify deliveries. */
export const webhookHosts: Record<
  WebhookScheme,
  { sign: (body: string, key: string) => Headers; delivery: (id: string) => Headers; push: Headers }
> = {
  github: {
    sign: (body, key) => ({ 'x-hub-signature-256': `sha256=${hmac(body, key)}` }),
    delivery: (id) => ({ 'x-github-delivery': id }),
    push: { 'x-github-event': 'push' },
  },
  gitea: {
    sign: (body, key) => ({ 'x-gitea-signature': hmac(body, key) }),
    delivery: (id) => ({ 'x-gitea-delivery': id }),
    push: { 'x-gitea-event': 'push' },
  },
  gitlab: {
    sign: (_body, key) => ({ 'x-gitlab-token': key }),
    delivery: (id) => ({ 'idempotency-key': id, 'x-gitlab-event-uuid': 'of-all-that-it-set-off' }),
    push: { 'x-gitlab-event': 'Push Hook' },
  },
};

/** HMAC-SHA256 in hex. */
function hmac(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('hex');
}
