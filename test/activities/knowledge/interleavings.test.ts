import { expect, it } from 'vitest';
import { beginning, interleave } from './interleavings.ts';
import { spacesUnderTest } from './spaces-under-test.ts';

const under = await spacesUnderTest();

/** 100 unless told; `npm run interleavings` has ten thousand. */
const seeds = Number(process.env.GITWARD_INTERLEAVINGS ?? 100);
const firstSeed = Number(process.env.GITWARD_SEED ?? Date.now() % 1_000_000);

it(
  `loses nothing, whatever the order: ${seeds} of them from seed ${firstSeed}`,
  { timeout: seeds * 10_000 },
  async () => {
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1)
      await interleave(under, await under.space(beginning), seed, 12);
    expect(seeds).toBeGreaterThan(0);
  },
);
