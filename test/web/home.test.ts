import { describe, expect, it } from 'vitest';
import type { Overview, OverviewItem } from '../../web/api/types.ts';
import { filtered, homeSearch } from '../../web/pages/home/home-filters.ts';
import { withChange } from '../../web/pages/home/overview-change.ts';
import { trendPaths } from '../../web/pages/home/trend.ts';
import { streamPath } from '../../web/parts/streams/stream-path.ts';

function item(name: string, state: OverviewItem['state'] = 'synced'): OverviewItem {
  return {
    ...{ product: 'mirror', id: `mirror/${name}/1`, projectId: name, branchId: '1', spaceId: null },
    ...{ name, detail: 'default branch', state, reason: null, waiting: 0, waitingSince: null },
    ...{ undecided: null, lastCommit: null, outage: null },
    repository: { url: `https://git.example/${name}.git`, branch: 'main', subdirectory: '' },
  };
}

describe('the filters of the overview', () => {
  const items = [item('Shop', 'held'), item('Lake'), item('Shoes', 'pending')];
  const names = (filters: Parameters<typeof filtered>[1]) =>
    filtered(items, filters).map(({ name }) => name);

  it('find every word, in names and in repositories', () => {
    expect(names({ text: 'sho' })).toEqual(['Shop', 'Shoes']);
    expect(names({ text: 'GIT.example lake' })).toEqual(['Lake']);
    expect(names({ text: 'shop lake' })).toEqual([]);
  });

  it('show what needs attention, what is at work, and what is in step', () => {
    expect(names({ show: 'attention' })).toEqual(['Shop']);
    expect(names({ show: 'working' })).toEqual(['Shoes']);
    expect(names({ show: 'inStep' })).toEqual(['Lake']);
  });

  it('of an address that make no sense are left out', () => {
    expect(homeSearch({ text: '', show: 'everything' })).toEqual({});
    expect(homeSearch({ text: 3, show: ['attention'] })).toEqual({});
    expect(homeSearch({ text: 'a', show: 'attention', other: 1 })).toEqual({
      text: 'a',
      show: 'attention',
    });
  });
});

it('keeps items of the overview in their places when they change, and puts new ones first', () => {
  const before: Overview = {
    items: [item('a'), item('b'), item('c')],
    counts: { synced: 3 },
    isComplete: true,
  };
  const after = withChange(before, {
    items: [item('c', 'held'), item('d')],
    gone: ['mirror/a/1'],
    counts: { held: 1, synced: 2 },
  });
  expect(after.items.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'd synced',
    'b synced',
    'c held',
  ]);
});

it('leads to the page of a mirror or a space, whatever their ids are', () => {
  expect(streamPath('mirror/12/1000')).toBe('/mirrors/12/1000');
  expect(streamPath('space/a b')).toBe('/spaces/a%20b');
  expect(streamPath('token/1')).toBeNull();
  expect(streamPath('mirror/12')).toBeNull();
});

describe('the trend of a mirror', () => {
  const hours = (counts: Record<number, number>) =>
    Array.from({ length: 24 }, (_, at) => counts[at] ?? 0);

  it('is bars as high as the tallest hour, failures on top', () => {
    const trend = { commits: hours({ 0: 3, 23: 1 }), failedAttempts: hours({ 0: 1 }) };
    expect(trendPaths(trend)).toEqual({
      commits: 'M0 24v-18h3v18zM92 24v-6h3v6z',
      failed: 'M0 6v-6h3v6z',
    });
  });

  it('shows one commit beside a thousand, and nothing of nothing', () => {
    const trend = { commits: hours({ 1: 1_000, 2: 1 }), failedAttempts: hours({}) };
    expect(trendPaths(trend)).toEqual({ commits: 'M4 24v-24h3v24zM8 24v-2h3v2z', failed: '' });
  });
});
