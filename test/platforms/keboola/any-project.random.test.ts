import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configKey, rowKey } from '../../../model/platform/object-key.ts';
import { formatJson } from '../../../model/text/ordered-json.ts';
import type { Configuration, PlatformProject } from '../../../model/platform/project.ts';
import { configurations, ids, oddContent } from './any-configurations.ts';
import { branch, components, config, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';

function everyObject({ branches }: PlatformProject): string[] {
  return branches.flatMap(({ id, configurations: configs }) =>
    configs.flatMap((one) => [
      configKey(id, one.componentId, one.id),
      ...one.rows.map((each) => rowKey(id, one.componentId, one.id, each.id)),
    ]),
  );
}

test('the order in which the platform lists objects does not matter', () => {
  const shuffled = configurations.chain((configs) =>
    fc.record({
      configs: fc.constant(configs),
      other: fc
        .shuffledSubarray(configs, { minLength: configs.length })
        .chain((order) =>
          fc.tuple(
            ...order.map((one) =>
              fc
                .shuffledSubarray(one.rows, { minLength: one.rows.length })
                .map((rows): Configuration => ({ ...one, rows })),
            ),
          ),
        ),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ configs, other }) => {
      const first = render(project(configs));
      const second = render(project(other));
      expect(textsOf(second)).toEqual(textsOf(first));
      // Rendering again over the existing paths gives the same, too.
      expect(textsOf(render(project(other), { givenPaths: first.paths }))).toEqual(textsOf(first));
    }),
    { numRuns: randomRuns(8), seed: randomSeed },
  );
});

test('each object is somewhere in the tree, and is complete in at least one place', () => {
  fc.assert(
    fc.property(configurations, (configs) => {
      const of = project(configs);
      const { paths, files, text } = render(of);
      const placed = [...paths.keys()].filter((key) => /^(?:config|row)\//.test(key));
      expect(placed.sort()).toEqual(everyObject(of).sort());
      for (const key of placed) {
        const path = paths.get(key) ?? '';
        expect(files.has(`${path}/meta.json`)).toBe(true);
        if (!path.startsWith('unlinked/')) continue;
        const [, , componentId, id] = key.split('/');
        const found = configs.find((one) => one.componentId === componentId && one.id === id);
        const whole = key.startsWith('config/')
          ? found?.content
          : found?.rows.find((one) => one.id === key.split('/')[4])?.content;
        expect(text(`${path}/config.json`)).toBe(formatJson(whole ?? null));
      }
    }),
    { numRuns: randomRuns(8), seed: randomSeed },
  );
});

test('all objects are rendered, whatever their contents', () => {
  const odd = fc.array(
    fc.tuple(fc.constantFrom(...components), fc.constantFrom(...ids), oddContent, oddContent),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      odd,
      fc.constantFrom('encrypted' as const, 'omitted' as const),
      (drafts, secrets) => {
        const configs = drafts.map(([{ id: componentId }, id, of, ofRow]) =>
          config(id, 'Same', {
            componentId,
            content: of,
            rows: [row('1', 'R', ofRow), row('2', 'R', of)],
          }),
        );
        const of = project([], {
          branches: [
            branch({ configurations: configs }),
            branch({ id: '7', name: 'D', isDefault: false, configurations: configs }),
          ],
        });
        const { paths, warnings, files } = render(of, { allowedBranches: ['__all__'], secrets });
        expect(
          warnings.filter(({ message }) => message.startsWith('It could not be written')),
        ).toEqual([]);
        expect(new Set(paths.keys())).toEqual(
          new Set([...everyObject(of), 'branch/1000', 'branch/7']),
        );
        for (const { path } of files.values()) expect(path).toMatch(/^(?:ai|configs|unlinked)\//);
      },
    ),
    { numRuns: randomRuns(8), seed: randomSeed },
  );
});
