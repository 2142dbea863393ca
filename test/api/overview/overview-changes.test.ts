import { expect, test } from 'vitest';
import { overviewChanges } from '../../../api/overview/overview-changes.ts';
import type { StreamItem } from '../../../api/overview/overview-schema.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { StreamState } from '../../../model/streams/state.ts';

function item(spaceId: string, state: StreamState): StreamItem {
  return {
    ...{ product: 'space', id: spaceStream(spaceId), spaceId, projectId: null, branchId: null },
    ...{
      name: spaceId,
      detail: '',
      state,
      reason: null,
      waiting: 0,
      waitingSince: null,
      undecided: null,
      lastCommit: null,
    },
    ...{
      outage: null,
      repository: { url: 'https://git.example/s', branch: 'main', subdirectory: '' },
    },
  };
}

/** A follower of a list that the test changes, and what it read of it. */
function following(isComplete = true) {
  const items = new Map<string, StreamItem>();
  const put = (one: StreamItem) => items.set(one.id, one);
  const reads: (readonly string[] | null)[] = [];
  const next = overviewChanges((streams) => {
    reads.push(streams);
    const found = (streams ?? [...items.keys()]).flatMap((id) => items.get(id) ?? []);
    return Promise.resolve({ items: found, isComplete });
  });
  return { items, put, reads, next };
}

test('only what there is news about is read, and only what changed is told', async () => {
  const { items, put, reads, next } = following();
  for (const id of ['a', 'b']) put(item(id, 'synced'));
  expect(await next(null)).toMatchObject([{ event: 'status', data: { counts: { synced: 2 } } }]);
  put(item('a', 'pending'));
  expect(await next(new Set(['saves/a', 'space/a', 'space/b', 'token/t']))).toEqual([
    {
      event: 'change',
      data: {
        ...{ items: [item('a', 'pending')], gone: [], isComplete: true },
        counts: { pending: 1, synced: 1 },
      },
    },
  ]);
  items.delete('space/b');
  const change = { items: [], gone: ['space/b'], isComplete: true, counts: { pending: 1 } };
  expect(await next(new Set(['space/b']))).toEqual([{ event: 'change', data: change }]);
  expect(await next(new Set(['space/b']))).toEqual([]);
  expect(reads).toEqual([null, ['space/a', 'space/b'], ['space/b'], ['space/b']]);
});

test('nothing is read for news about the caller alone', async () => {
  const { reads, next } = following();
  await next(null);
  expect(await next(new Set(['token/t']))).toEqual([]);
  expect(reads).toEqual([null]);
});

test('what went missing is found when everything is read again', async () => {
  const { items, put, next } = following();
  put(item('a', 'synced'));
  await next(null);
  items.clear();
  put(item('b', 'held'));
  expect(await next(null)).toMatchObject([
    { data: { items: [{ id: 'space/b' }], gone: ['space/a'], counts: { held: 1 } } },
  ]);
});

test('a list that is cut off is always read as a whole', async () => {
  const { reads, next } = following(false);
  await next(null);
  await next(new Set(['space/a']));
  expect(reads).toEqual([null, null]);
});
