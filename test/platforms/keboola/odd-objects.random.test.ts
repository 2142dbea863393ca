import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../model/platform/project.ts';
import { configurationOf } from '../../../model/platform/object-key.ts';
import { parseJsonExactly } from '../../../model/text/ordered-json.ts';
import { cliProblems } from '../../support/mirror/cli-rules.ts';
import { caseProject, expectedFiles, keboolaCases } from '../../support/mirror/keboola-cases.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';
import { configurations, ids, oddContent } from './any-configurations.ts';
import { components, config, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';

/** What the platform may have where an object should be, and objects with numbers that floats cannot hold. */
const anyContent: fc.Arbitrary<Partial<Configuration>> = fc.oneof(
  { weight: 4, arbitrary: oddContent.map((content) => ({ content })) },
  fc.constantFrom(null, [], 'text', 7).map((odd) => ({ oddContent: odd })),
  fc.constantFrom('1e400', '9007199254740993', '1e-400').map((number) => {
    const { value, exact } = parseJsonExactly(`{"a":[${number}]}`);
    return { content: value as Configuration['content'], ...(exact && { exactNumbers: exact }) };
  }),
);

/** An object of any kind with anything in it. Nothing else refers to it. */
const oddObject = fc
  .record({
    componentId: fc.constantFrom(...components.map(({ id }) => id)),
    name: fc.constantFrom('Odd', '', '日本'),
    of: anyContent,
    rows: fc.array(anyContent, { maxLength: 2 }),
  })
  .map(({ componentId, name, of, rows }) =>
    config('odd', name, {
      componentId,
      ...of,
      rows: rows.map((rowOf, index) => row(`odd${index}`, `Row ${index}`, new Map(), rowOf)),
    }),
  );

const runs = { numRuns: randomRuns(30), seed: randomSeed };

/** The files in the CLI's directory, by their paths in it. */
function cliFiles(rendering: Parameters<typeof textsOf>[0]): Map<string, string> {
  const texts = Object.entries(textsOf(rendering));
  return new Map(
    texts.flatMap(([path, text]) =>
      path.startsWith('configs/') ? [[path.slice('configs/'.length), text]] : [],
    ),
  );
}

test(`whatever objects hold, the tree follows the CLI's rules, and all is in it (seed ${randomSeed})`, () => {
  fc.assert(
    fc.property(
      configurations,
      fc.array(fc.tuple(oddObject, fc.constantFrom(...ids))),
      (good, odd) => {
        // Some of them take the place of those that others refer to.
        const byKey = new Map(good.map((one) => [`${one.componentId}/${one.id}`, one]));
        for (const [one, id] of odd) byKey.set(`${one.componentId}/${id}`, { ...one, id });
        const of = project([...byKey.values()]);
        const rendering = render(of);
        expect(
          rendering.warnings.filter(({ message }) => message.startsWith('It could not be written')),
        ).toEqual([]);
        for (const { componentId, id } of byKey.values())
          expect(rendering.paths.has(`config/1000/${componentId}/${id}`)).toBe(true);
        expect(cliProblems(cliFiles(rendering), of.components)).toEqual([]);
      },
    ),
    runs,
  );
});

test(`an odd object changes no file of any other object (seed ${randomSeed})`, () => {
  fc.assert(
    fc.property(configurations, oddObject, (good, odd) => {
      // It may refer to nothing, since what it refers to may be nested in it.
      const others = good.map((one) => ({ ...one, id: `good-${one.id}` }));
      const without = render(project(others));
      for (const given of [new Map<string, string>(), without.paths]) {
        const withIt = render(project([...others, odd]), { givenPaths: given });
        const ofOthers = ({ files }: typeof without) =>
          [...files.values()]
            .filter(({ owner }) => configurationOf(owner)?.includes('/good-') === true)
            .map(({ path, blobId }) => `${path} ${blobId}`)
            .sort();
        expect(ofOthers(withIt)).toEqual(ofOthers(without));
      }
    }),
    runs,
  );
});

describe.skipIf(keboolaCases().length === 0)('what the CLI wrote follows its rules', () => {
  test.each(keboolaCases())('$name', async (one) => {
    const files = expectedFiles(one);
    const { branches } = JSON.parse(files.get('.keboola/manifest.json') ?? '{}') as {
      branches: unknown[];
    };
    // A mirror has one branch.
    if (branches.length !== 1) return;
    const { components: known } = await caseProject(one);
    expect(cliProblems(files, known)).toEqual([]);
  });
});
