import type { Visibility } from '../streams/visibility.ts';

/** How a sample is written. */
export type SampleFormat = 'csv' | 'json';

/** Which tables' first rows a mirror writes, and what of them. Globs are those of `model/text/wildcard.ts`. */
export interface SamplesPolicy {
  enabled: boolean;
  /** Rows of a table at most, 1 to 100. */
  rows: number;
  formats: SampleFormat[];
  /** Globs on table ids: such tables, and aliases of them, are left out. */
  exclude: string[];
  /** Tables with such metadata, of their own or of their bucket, are left out; without `value`, whatever it is. */
  excludeMetadata: { key: string; value: string | null }[];
  /** Words that mark personal data in the metadata of a table or a column: such tables are left out. */
  personalDataTags: string[];
  /** Columns whose values are never read: `<glob on table ids>:<glob on column names>`, or the latter alone. */
  mask: { columns: string[] };
  /** `change`: read again when the table changed; a duration (`6h`, `7d`): then, but no more often. */
  refresh: string;
  /** Bytes of one file at most: what is more loses its last rows. */
  maxBytes: number;
}

/** What samples are like unless told otherwise; they are off. */
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
 * The pace of `refresh` in milliseconds, 0 for `change`; `null` where it is neither that nor a duration of
 * whole minutes, hours or days (`30m`, `6h`, `7d`) up to a year.
 */
export function refreshPace(refresh: string): number | null {
  if (refresh === 'change') return 0;
  const [, count = '', unit = ''] = /^([1-9][0-9]{0,5})([mhd])$/.exec(refresh) ?? [];
  const pace = Number(count) * (units[unit] ?? Number.NaN);
  return pace > 0 && pace <= 366 * 86_400_000 ? pace : null;
}

/** Whether samples are written. */
export interface SamplesState {
  /** `waiting`: they will be, as far as is known, and are not yet. */
  state: 'on' | 'off' | 'waiting';
  /** A sentence. */
  reason: string;
}

/** The state of a mirror's samples, from its settings and the last answer about its repository. */
export function samplesState(
  { enabled }: Pick<SamplesPolicy, 'enabled'>,
  { visibility, initialized }: { visibility: Visibility | null; initialized: boolean },
): SamplesState {
  if (!enabled) return { state: 'off', reason: 'They are not switched on (samples.enabled).' };
  if (visibility === null)
    return { state: 'waiting', reason: 'Nobody has asked yet who may read the repository.' };
  if (visibility.result === 'public')
    return {
      state: 'off',
      reason: `The repository is public: no sample is written. ${visibility.reason}`,
    };
  if (visibility.result === 'unknown')
    return {
      state: 'off',
      reason: `Who may read the repository is not known: no sample is written. ${visibility.reason}`,
    };
  return initialized
    ? { state: 'on', reason: `The repository is private. ${visibility.reason}` }
    : { state: 'waiting', reason: 'The first commit is not made yet.' };
}
