import { expect, test } from 'vitest';
import { mergeEntries, settleConflict } from '../../knowledge/merge/merge-entries.ts';
import { hostileMerges } from './hostile-entries.ts';
import { merging } from './merging.ts';

/** How often others had their turn while `work` ran. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns += 1;
    next = setImmediate(turn);
  });
  try {
    await work();
  } finally {
    clearImmediate(next);
  }
  return turns;
}

test.each(hostileMerges)('$name are merged and settled', async ({ text, kind }) => {
  const input = merging({ base: text('base'), git: text('git'), mine: text('mine') }, kind);
  const merged = await mergeEntries(input);
  const settled = await settleConflict(input, { take: 'mine' });
  // Whatever clashes, mine is in it; and without a clash there is nothing to settle.
  if (merged.kind === 'clean') expect(settled).toBe(merged.text);
  else expect(settled).toContain('mine');
});

test.each(hostileMerges.filter(({ name }) => /differs|clashes|as many|a large/.test(name)))(
  'others have their turn while $name are merged',
  async ({ text, kind }) => {
    const input = merging({ base: text('base'), git: text('git'), mine: text('mine') }, kind);
    expect(await turnsDuring(() => mergeEntries(input))).toBeGreaterThan(0);
  },
);
