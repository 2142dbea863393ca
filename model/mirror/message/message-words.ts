import type { Change } from '../events.ts';

/** What happened to an object: its first version makes it, and what is gone has no version. */
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

/** How a job ended, by the status that its change's description begins with. */
export function jobOutcome(change: Change): string {
  const status = /^[A-Za-z]+/.exec(change.description ?? '')?.[0] ?? '';
  return outcomes[status.toUpperCase()] ?? 'finished';
}
