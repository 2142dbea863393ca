import { expect, test } from 'vitest';
import { mergeEntries, settleConflict } from '../../../knowledge/merge/merge-entries.ts';
import { hostileMerges } from '../hostile-entries.ts';
import { merging } from './merging.ts';

/**
 * How many turns of the event loop others got while `work` ran. Work that waits for nothing else gave way on purpose in
 * each of them.
 */
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

test.each(hostileMerges)('merges and settles $name', async (made) => {
  const input = sidesOf(made);
  const merged = await mergeEntries(input);
  const settled = await settleConflict(input, { take: 'mine' });
  // If there is a conflict, the result contains mine. If there is none, there is nothing to settle.
  if (merged.kind === 'clean') expect(settled).toBe(merged.text);
  else expect(settled).toContain('mine');
});

// The front matter of each of these is read or edited in one go.
test.each(hostileMerges)(
  'reads each side of $name in its own turn of the event loop',
  async (made) => {
    // Waiting for Git's processes would let others in, too.
    const input = { ...sidesOf(made), mergeTexts: () => Promise.resolve(null) };
    expect(await turnsDuring(() => mergeEntries(input))).toBeGreaterThanOrEqual(3);
  },
);

test.each(hostileMerges.filter(({ name }) => /as many fields|a large|may be edited/.test(name)))(
  'reads the sides of $name, then reads and edits Git’s version, each in its own turn of the event loop',
  async (made) => {
    const input = { ...sidesOf(made), mergeTexts: () => Promise.resolve(null) };
    expect(await turnsDuring(() => mergeEntries(input))).toBe(5);
  },
);
