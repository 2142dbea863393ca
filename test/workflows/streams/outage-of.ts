import type { OutageView } from '../../../model/streams/outage.ts';

/**
 * An open outage of the repository lane that nobody was notified of; `facts` override parts of it.
 */
export function outageOf(facts: Partial<OutageView> = {}): OutageView {
  return {
    id: 'outage-of-before',
    lane: 'repository',
    since: '2026-05-01T02:00:00.000Z',
    attempts: 1,
    nextAttemptAt: null,
    escalatedAt: null,
    code: 'repository_unreachable',
    message: 'It is away.',
    notices: [],
    ...facts,
  };
}
