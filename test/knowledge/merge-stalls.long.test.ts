import { expect, test } from 'vitest';
import { mergeEntries, settleConflict } from '../../knowledge/merge/merge-entries.ts';
import { hostileMerges } from './hostile-entries.ts';
import { merging } from './merging.ts';

/** How often others had their turn while `work` ran: what waits for nothing else lets them in this often. */
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

function sidesOf({ text, kind }: (typeof hostileMerges)[number]) {
  return merging({ base: text('base'), git: text('git'), mine: text('mine') }, kind);
}

test.each(hostileMerges)('$name are merged and settled', async (made) => {
  const input = sidesOf(made);
  const merged = await mergeEntries(input);
  const settled = await settleConflict(input, { take: 'mine' });
  // Whatever clashes, mine is in it; and without a clash there is nothing to settle.
  if (merged.kind === 'clean') expect(settled).toBe(merged.text);
  else expect(settled).toContain('mine');
});

// Each of these has a front matter that is read or edited in one go.
test.each(hostileMerges)('of $name, each side is read in a turn of its own', async (made) => {
  // Git's own processes would let others in, too.
  const input = { ...sidesOf(made), mergeTexts: () => Promise.resolve(null) };
  expect(await turnsDuring(() => mergeEntries(input))).toBeGreaterThanOrEqual(3);
});

test.each(hostileMerges.filter(({ name }) => /as many fields|a large|may be edited/.test(name)))(
  'after the sides of $name, Git’s version is read and edited, each in a turn of its own',
  async (made) => {
    const input = { ...sidesOf(made), mergeTexts: () => Promise.resolve(null) };
    expect(await turnsDuring(() => mergeEntries(input))).toBe(5);
  },
);
