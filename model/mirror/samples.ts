import type { Visibility } from '../streams/visibility.ts';

/** The format of a sample's file. */
export type SampleFormat = 'csv' | 'json';

/** Which tables a mirror writes samples of, and what they contain. Globs are those of `model/text/wildcard.ts`. */
export interface SamplesPolicy {
  enabled: boolean;
  /** The most rows of a table, 1 to 100. */
  rows: number;
  formats: SampleFormat[];
  /** Globs on table ids: these tables, and aliases of them, are left out. */
  exclude: string[];
  /** Tables that have such metadata, or whose bucket has it, are left out. A `value` of `null` matches any value. */
  excludeMetadata: { key: string; value: string | null }[];
  /** Words that mark personal data in the metadata of a table or column: such tables are left out. */
  personalDataTags: string[];
  /** Columns whose values are never read: `<glob on table ids>:<glob on column names>`, or only the latter. */
  mask: { columns: string[] };
  /** `change`: read again when the table has changed. A duration (`6h`, `7d`): the same, but no more often. */
  refresh: string;
  /** The most bytes of one file: a larger sample loses its last rows. */
  maxBytes: number;
}

/** The default settings of samples: they are off. */
export const defaultSamples: SamplesPolicy = {
  enabled: false,
  rows: 100,
  formats: ['csv'],
  exclude: [],
  excludeMetadata: [],
  personalDataTags: [
    'pii',
    'spi',
    'phi',
    'pci',
    'gdpr',
    'personal',
    'personal data',
    'personal information',
    'sensitive',
    'sensitive data',
    'confidential',
    'secret',
    'restricted',
  ],
  mask: { columns: [] },
  refresh: 'change',
  maxBytes: 262_144,
};

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The shortest time between two refreshes in milliseconds, 0 for `change`; `null` if `refresh` is neither that
 * nor a duration in whole minutes, hours or days (`30m`, `6h`, `7d`) of up to a year.
 */
export function refreshPace(refresh: string): number | null {
  if (refresh === 'change') return 0;
  const [, count = '', unit = ''] = /^([1-9][0-9]{0,5})([mhd])$/.exec(refresh) ?? [];
  const pace = Number(count) * (units[unit] ?? Number.NaN);
  return pace > 0 && pace <= 366 * 86_400_000 ? pace : null;
}

/** Whether samples are written. */
export interface SamplesState {
  /** `waiting`: as far as we know they will be, but they are not yet. */
  state: 'on' | 'off' | 'waiting';
  /** A sentence for people. */
  reason: string;
}

/** The state of a mirror's samples, given its settings and what was last found out about its repository. */
export function samplesState(
  { enabled }: Pick<SamplesPolicy, 'enabled'>,
  { visibility, initialized }: { visibility: Visibility | null; initialized: boolean },
): SamplesState {
  if (!enabled) return { state: 'off', reason: 'Samples are not switched on (samples.enabled).' };
  if (visibility === null)
    return { state: 'waiting', reason: 'Gitward has not checked yet who may read the repository.' };
  if (visibility.result === 'public')
    return {
      state: 'off',
      reason: `The repository is public, so no samples are written. ${visibility.reason}`,
    };
  if (visibility.result === 'unknown')
    return {
      state: 'off',
      reason: `It is not known who may read the repository, so no samples are written. ${visibility.reason}`,
    };
  return initialized
    ? { state: 'on', reason: `The repository is private. ${visibility.reason}` }
    : { state: 'waiting', reason: 'The first commit has not been made yet.' };
}
