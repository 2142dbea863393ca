import type { ObjectSearch } from '../../parts/streams/object-search-of.ts';

type Search = Record<string, unknown>;

/** What is shown of the contents of a mirror. */
export interface ContentsSearch {
  text?: string;
  kind?: 'configuration' | 'row' | 'table';
  /** Only what belongs to one of these. */
  component?: string;
  bucket?: string;
}

/** Where the shown lineage begins, and how far it goes. */
export interface LineageSearch extends Omit<ObjectSearch, 'row'> {
  direction?: 'up' | 'down' | 'both';
  /** Links, from 1 to 10. */
  depth?: number;
  /** As a picture or a list; left out, as it suits the width. */
  view?: 'picture' | 'list';
  /** The id of the node that is selected; left out, the one where the lineage begins. */
  node?: string;
}

/** How far back runs are shown; `night` is the last one. */
export const periods = ['night', 'day', 'week', 'all'] as const;
export type Period = (typeof periods)[number];

/** Which runs are shown. */
export interface RunsSearch {
  /** Defaults to a day. */
  period?: Period;
  component?: string;
  configuration?: string;
  status?: string;
  /** The one that is open. */
  run?: string;
}

/** The period of a mirror's health that is shown if the address names none. */
export const usualPeriod = 'day';

/** How far back the health of a mirror is shown. */
export interface HealthSearch {
  period?: 'week' | 'month';
}

export function healthSearch({ period }: Search): HealthSearch {
  return period === 'week' || period === 'month' ? { period } : {};
}

export function contentsSearch(search: Search): ContentsSearch {
  const kind = (['configuration', 'row', 'table'] as const).find((one) => one === search.kind);
  const { text, component, bucket } = words(search, 'text', 'component', 'bucket');
  const group = component !== undefined ? { component } : bucket !== undefined ? { bucket } : {};
  return { ...(text !== undefined && { text }), ...(kind && { kind }), ...group };
}

/** An object, and which of its versions are compared. */
export interface ObjectPageSearch extends ObjectSearch {
  /** Commits; left out, nothing is compared. */
  from?: string;
  to?: string;
}

export function objectSearch(search: Search): ObjectPageSearch {
  const { from, to } = words(search, 'from', 'to');
  return {
    ...words(search, 'component', 'configuration', 'row', 'bucket', 'table'),
    ...(isCommit(from) && isCommit(to) && { from, to }),
  };
}

function isCommit(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{40}$/.test(text);
}

export function lineageSearch(search: Search): LineageSearch {
  const direction = (['up', 'down', 'both'] as const).find((one) => one === search.direction);
  const view = (['picture', 'list'] as const).find((one) => one === search.view);
  const depth = Number(search.depth);
  return {
    ...words(search, 'component', 'configuration', 'bucket', 'table', 'node'),
    ...(direction && { direction }),
    ...(Number.isInteger(depth) && depth >= 1 && depth <= 10 && { depth }),
    ...(view && { view }),
  };
}

export function runsSearch(search: Search): RunsSearch {
  const period = periods.find((one) => one === search.period);
  return {
    ...words(search, 'component', 'configuration', 'status', 'run'),
    ...(period && { period }),
  };
}

/** Those of these parts of an address that are there. The router reads an id of digits as a number. */
function words<Name extends string>(
  search: Search,
  ...names: Name[]
): Partial<Record<Name, string>> {
  const there = names.flatMap((name): [Name, string][] => {
    const value = search[name];
    if (typeof value === 'number') return [[name, String(value)]];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return Object.fromEntries(there) as Partial<Record<Name, string>>;
}
