import { describe, expect, it } from 'vitest';
import { secretPlaceholder } from '../../model/text/secrets-in-text.ts';
import { guardWith } from './guard-under-test.ts';
import { SeededSigns } from './seeded-signs.ts';
import { trueSecrets, writings } from './true-secrets.ts';

const guard = guardWith();
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('secrets in texts', () => {
  it.each(Object.entries(trueSecrets))('%s: found wherever it is written', (_kind, make) => {
    for (const seed of seeds)
      for (const [writing, write] of Object.entries(writings)) {
        const { text, value } = make(new SeededSigns(seed));
        const written = write(text);
        const { text: masked, findings } = guard.look('a.txt', written);
        const about = `${writing} (seed ${seed}): ${masked}`;
        expect(findings, about).toHaveLength(1);
        expect(masked, about).toContain(secretPlaceholder);
        for (const part of value.split(/\s+/).filter((line) => /^[A-Za-z0-9+/]{20,}/.test(line)))
          expect(masked, about).not.toContain(part);
        expect(masked, about).not.toContain(value);
        if (writing.startsWith('JSON')) expect(() => JSON.parse(masked) as unknown).not.toThrow();
        if (writing === 'JSON in JSON') {
          const { variables } = JSON.parse(masked) as { variables: string };
          expect(() => JSON.parse(variables) as unknown).not.toThrow();
        }
        // What was masked is no secret, so nothing becomes of it.
        expect(guard.look('a.txt', masked)).toEqual({ text: masked, findings: [] });
      }
  });
});
