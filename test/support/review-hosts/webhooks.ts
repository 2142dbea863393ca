import { createHmac, randomUUID } from 'node:crypto';
import type { ReviewHostKind } from '../../../hosts/reviews/types.ts';
import { webhookHosts } from '../knowledge/webhook-hosts.ts';

/** Where a stand-in reports what happened. */
export interface Webhook {
  url: string;
  secret: string;
}

/** What happened, in the words of no host. */
export type Happening = 'changed' | 'reviewed' | 'commented' | 'pushed';

const events: Record<ReviewHostKind, Record<Happening, string>> = {
  github: {
    changed: 'pull_request',
    reviewed: 'pull_request_review',
    commented: 'issue_comment',
    pushed: 'push',
  },
  gitlab: {
    changed: 'Merge Request Hook',
    reviewed: 'Merge Request Hook',
    commented: 'Note Hook',
    pushed: 'Push Hook',
  },
  gitea: {
    changed: 'pull_request',
    reviewed: 'pull_request_approved',
    commented: 'issue_comment',
    pushed: 'push',
  },
};

/** Reports it, signed as the host signs; returns the status of the answer, which is `null` if there is none. */
export async function report(
  kind: ReviewHostKind,
  { url, secret }: Webhook,
  happening: Happening,
  payload: object,
): Promise<number | null> {
  const body = JSON.stringify(payload);
  const [eventHeader = ''] = Object.keys(webhookHosts[kind].push);
  const headers = {
    'content-type': 'application/json',
    ...webhookHosts[kind].sign(body, secret),
    ...webhookHosts[kind].delivery(randomUUID()),
    [eventHeader]: events[kind][happening],
    // Gitea also sends what receivers that were made for GitHub look for.
    ...(kind === 'gitea' && {
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      'x-github-event': events.gitea[happening],
    }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
  return answer?.status ?? null;
}

/** What a request for the API makes happen, of what hosts report. A merge is also a push. */
export function happeningsOf(method: string, operation: string): Happening[] {
  if (method === 'GET') return [];
  if (/\/(comments|notes)$/.test(operation)) return ['commented'];
  if (/\/(reviews|approve)$/.test(operation)) return ['reviewed'];
  if (operation.endsWith('/merge')) return ['changed', 'pushed'];
  return /\/(pulls|merge_requests)/.test(operation) ? ['changed'] : [];
}
