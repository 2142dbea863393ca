import type { Change } from '../events.ts';

const kinds: readonly [RegExp, string][] = [
  [/(?:^|[.-])ex-/, 'extractor'],
  [/(?:^|[.-])wr-/, 'writer'],
  [/transformation/, 'transformation'],
  [/(?:^|[.-])app-/, 'application'],
  [/\.orchestrator$/, 'orchestration'],
  [/\.flow$/, 'flow'],
  [/\.scheduler$/, 'schedule'],
  [/\.variables$/, 'variables'],
  [/\.shared-code$/, 'shared code'],
  [/\.data-apps$/, 'data app'],
];

/** What a component is, by the platform's way of naming them (`vendor.ex-…`, `….wr-…`). */
export function kindOf(componentId: string): string {
  return kinds.find(([pattern]) => pattern.test(componentId))?.[1] ?? 'configuration';
}

/** What happened to a configuration: its first version makes it, and what is gone has no version. */
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
