import type { Change } from '../events.ts';

/** What happened to an object. Its first version creates it; a deletion has no version. */
export function verbOf(change: Change): 'Create' | 'Change' | 'Delete' {
  if (change.version === 1) return 'Create';
  return change.versionIdentifier.endsWith('@deleted') ? 'Delete' : 'Change';
}

const outcomes: Readonly<Record<string, string>> = {
  SUCCESS: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  WARNING: 'ended with a warning',
  CANCELLED: 'was cancelled',
  TERMINATED: 'was terminated',
};

/** How a job ended, taken from the status at the beginning of its change's description. */
export function jobOutcome(change: Change): string {
  const status = /^[A-Za-z]+/.exec(change.description ?? '')?.[0] ?? '';
  return outcomes[status.toUpperCase()] ?? 'finished';
}
