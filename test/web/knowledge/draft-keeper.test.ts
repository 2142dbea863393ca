import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  DraftKeeper,
  longest,
  pause,
  type DraftContent,
  type KeptState,
} from '../../../web/pages/entry/save/draft-keeper.ts';
import { isContentOf } from '../../../web/pages/entry/save/same-content.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

class Refused extends Error {}

/** A keeper whose server answers as one says, and what it did. */
function keeping(revision = 0) {
  const put = vi.fn((content: DraftContent, seen: number) =>
    Promise.resolve({ revision: seen + 1, updatedAt: 'now', content }),
  );
  const discard = vi.fn(() => Promise.resolve());
  const recover = vi.fn((lost: readonly DraftContent[], error: unknown) =>
    Promise.resolve(
      error instanceof Refused && lost.length > 0
        ? { revision: 9, updatedAt: 'then', content: {} }
        : null,
    ),
  );
  const states: KeptState[] = [];
  const backups: (DraftContent | null)[] = [];
  const keeper = new DraftKeeper(
    {
      ...{ put, discard, recover },
      backUp: (content) => backups.push(content),
      isPassing: (error) => !(error instanceof Refused),
      onState: (state) => states.push(state),
      onStored: () => undefined,
    },
    revision,
  );
  const type = (body: string) => keeper.change(() => ({ body }));
  return { keeper, put, discard, recover, states, backups, type };
}

it('stores at a pause, and at the latest after a few seconds of writing', async () => {
  const { put, type } = keeping();
  type('a');
  await vi.advanceTimersByTimeAsync(pause - 1);
  expect(put).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(put.mock.calls).toEqual([[{ body: 'a' }, 0]]);
  for (let at = 0; at < longest; at += 200) {
    type(`b${at}`);
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(put).toHaveBeenCalledTimes(2);
});

it('makes one request at a time, and the last word is stored', async () => {
  const { keeper, put, type } = keeping();
  type Answer = Awaited<ReturnType<typeof put>>;
  const answers: ((answer: Answer) => void)[] = [];
  put.mockImplementationOnce(() => new Promise((resolve) => answers.push(resolve)));
  type('a');
  const flushed = keeper.flush();
  type('b');
  type('c');
  await vi.advanceTimersByTimeAsync(pause);
  expect(put).toHaveBeenCalledTimes(1);
  answers[0]?.({ revision: 7, updatedAt: 'now', content: {} });
  await flushed;
  expect(put.mock.calls[1]).toEqual([{ body: 'c' }, 7]);
});

it('keeps on this machine what the server does not have, and tries again by itself', async () => {
  const { put, type, states, backups } = keeping();
  put.mockRejectedValueOnce(new Error('no answer'));
  type('a');
  await vi.advanceTimersByTimeAsync(pause);
  expect(states.at(-1)).toMatchObject({ kind: 'failed', isFinal: false });
  expect(backups).toEqual([{ body: 'a' }]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(states.at(-1)).toEqual({ kind: 'kept', at: 'now' });
  expect(backups.at(-1)).toBeNull();
});

it('knows its own draft again after an answer was lost, and takes nobody else’s for it', async () => {
  const { put, recover, type, states } = keeping(1);
  put.mockRejectedValueOnce(new Error('no answer')).mockRejectedValueOnce(new Refused('moved'));
  type('a');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(recover.mock.calls[0]?.[0]).toEqual([{ body: 'a' }]);
  expect(put.mock.calls.map(([, seen]) => seen)).toEqual([1, 1, 9]);
  expect(states.at(-1)).toEqual({ kind: 'kept', at: 'now' });
  put.mockRejectedValueOnce(new Refused('moved'));
  type('b');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(recover).toHaveBeenCalledTimes(1);
  expect(states.at(-1)).toMatchObject({ kind: 'failed', isFinal: true });
});

it.each([
  [{ body: 'a\n' }, true],
  [{ body: 'a\r\n' }, true],
  [{ body: 'b' }, false],
  [{ fields: { tier: 'gold', region: null } }, true],
  [{ fields: { tier: 'silver' } }, false],
  [{ text: '---\nid: x\n---\na' }, true],
])('sees whether a draft is %j', (content, is) => {
  const draft = { body: 'a', fields: { tier: 'gold' }, text: '---\nid: x\n---\na' };
  expect(isContentOf(content, draft)).toBe(is);
});

it('does not repeat what is refused, and keeps it', async () => {
  const { keeper, put, type, states, backups } = keeping();
  put.mockRejectedValue(new Refused('signed out'));
  type('a');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(put).toHaveBeenCalledTimes(1);
  expect(states.at(-1)).toMatchObject({ kind: 'failed', isFinal: true });
  expect(backups.at(-1)).toEqual({ body: 'a' });
  await expect(keeper.flush()).rejects.toThrow('signed out');
});

it('leaves on this machine what was written last when the page is left', () => {
  const { keeper, type, backups, put } = keeping();
  type('half a sen');
  keeper.end();
  vi.advanceTimersByTime(60_000);
  expect(backups).toEqual([{ body: 'half a sen' }]);
  expect(put).not.toHaveBeenCalled();
});

it('removes a draft when everything was taken back, and only if there is one', async () => {
  const { keeper, discard } = keeping(3);
  keeper.change(() => null);
  await keeper.flush();
  keeper.change(() => null);
  await keeper.flush();
  expect(discard).toHaveBeenCalledTimes(1);
  expect(keeper.revision).toBe(0);
});
