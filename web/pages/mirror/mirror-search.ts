import type { ObjectSearch } from '../../parts/streams/object-search-of.ts';

type Search = Record<string, unknown>;

/** What is shown of the contents of a mirror. */
export interface ContentsSearch {
  text?: string;
  kind?: 'configuration' | 'row' | 'table';
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

/** Which runs are shown. */
export interface RunsSearch {
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
  return { ...words(search, 'text'), ...(kind && { kind }) };
}

export function objectSearch(search: Search): ObjectSearch {
  return words(search, 'component', 'configuration', 'row', 'bucket', 'table');
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
  return words(search, 'component', 'configuration', 'status', 'run');
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
