import { expect, it } from 'vitest';
import { guardWith } from './guard-under-test.ts';
import { innocentKinds, seedsOfEach } from './innocent-texts.ts';
import { SeededSigns } from './seeded-signs.ts';

it('masks at most one of a hundred texts that look like secrets and are none', () => {
  const guard = guardWith();
  const masked: string[] = [];
  let texts = 0;
  for (const [kind, make] of Object.entries(innocentKinds))
    for (let seed = 1; seed <= seedsOfEach; seed++) {
      texts++;
      const { findings, text } = guard.look('a.txt', make(new SeededSigns(seed * 7_919)));
      for (const { rule } of findings) masked.push(`${kind} (seed ${seed}, ${rule}): ${text}`);
    }
  expect(texts).toBeGreaterThan(500);
  expect(masked.length, masked.join('\n')).toBeLessThanOrEqual(texts / 100);
});
