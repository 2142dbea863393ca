import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configKey, configurationOf } from '../../../model/platform/object-key.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type { ObjectKey, Rendering } from '../../../model/platform/tree.ts';
import { affectedBy, outlineOf } from '../../../platforms/keboola/layout/outline.ts';
import { configurations, ids, oddContent } from './any-configurations.ts';
import { branch, components, config, project, render, row } from './platform-project.ts';
import { textsOf } from './rendered-texts.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';

const keyOf = (one: Configuration): ObjectKey => configKey('1000', one.componentId, one.id);

/** A project's configurations before and after some of them were changed, created or deleted. */
const changes = fc.tuple(configurations, configurations).chain(([before, other]) =>
  fc
    .tuple(
      fc.subarray(before, { maxLength: Math.min(3, before.length) }),
      fc.subarray(other, { maxLength: Math.min(3, other.length) }),
      fc.array(fc.constantFrom('Name 1', 'Name 2', 'Another'), { minLength: 3, maxLength: 3 }),
    )
    .map(([gone, made, names]) => {
      const after = new Map(before.map((one) => [keyOf(one), one]));
      for (const one of gone) after.delete(keyOf(one));
      for (const [index, one] of made.entries())
        after.set(keyOf(one), { ...one, name: names[index] ?? one.name });
      return { before, after: [...after.values()] };
    }),
);

/** Renders a change over an earlier rendering: everything as outlines, and what is affected in full. */
function renderChange(earlier: Rendering, before: Configuration[], after: Configuration[]) {
  const whole = new Map(after.map((one) => [keyOf(one), one]));
  const outlines = new Map(after.map((one) => [keyOf(one), outlineOf(one)]));
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const only = new Set(
    [...whole].filter(([key, one]) => known.get(key) !== one).map(([key]) => key),
  );
  for (;;) {
    const rendering = render(project([...outlines.values()]), {
      givenPaths: earlier.paths,
      findings: earlier.findings,
      only,
      whole: (one) => whole.get(keyOf(one)) ?? one,
    });
    const affected = affectedBy(earlier.paths, rendering.paths, outlines);
    const missing = [...affected].filter((key) => whole.has(key) && !only.has(key));
    if (missing.length === 0) return { rendering, only };
    for (const key of missing) only.add(key);
  }
}

/** The earlier tree, overwritten with what a change wrote. */
function overlaid(earlier: Rendering, rendering: Rendering, only: ReadonlySet<ObjectKey>) {
  const kept = [...earlier.files.values()].filter(({ owner }) => {
    const group = configurationOf(owner);
    return group !== null && rendering.paths.has(owner) && !only.has(group);
  });
  const files = new Map(kept.map((file) => [file.path, file]));
  for (const file of rendering.files.values()) files.set(file.path, file);
  return Object.fromEntries(Object.entries(textsOf({ files })).sort());
}

function sorted(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).sort());
}

test('a change rendered over outlines gives the tree, warnings and paths of a full rendering', () => {
  fc.assert(
    fc.property(changes, ({ before, after }) => {
      const earlier = render(project(before));
      const full = render(project(after), { givenPaths: earlier.paths });
      const { rendering, only } = renderChange(earlier, before, after);
      expect(overlaid(earlier, rendering, only)).toEqual(sorted(textsOf(full)));
      expect(new Map(rendering.paths)).toEqual(new Map(full.paths));
      const messages = ({ warnings }: Rendering) =>
        warnings.map(({ owner, message }) => `${owner}: ${message}`).sort();
      expect(messages(rendering)).toEqual(messages(full));
    }),
    { numRuns: randomRuns(15), seed: randomSeed },
  );
});

test('a project of outlines has the manifests, lineage and catalogs of the full project, whatever its contents', () => {
  const odd = fc.array(
    fc.tuple(fc.constantFrom(...components), fc.constantFrom(...ids), oddContent, oddContent),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(odd, (drafts) => {
      const configs = drafts.map(([{ id: componentId }, id, of, ofRow]) =>
        config(id, 'Same', {
          componentId,
          description: 'First line\nSecond line',
          content: of,
          rows: [row('1', 'R', ofRow), row('2', '', of)],
        }),
      );
      const storage = { buckets: [], tables: [], problems: [] };
      const all = (of: Configuration[]) =>
        project([], { branches: [branch({ configurations: of, storage })] });
      const full = render(all(configs));
      const outlines = configs.map(outlineOf);
      const outlined = render(all(outlines), { only: new Set(), findings: full.findings });
      for (const [path, text] of Object.entries(textsOf(outlined)))
        expect(text).toBe(full.text(path));
      expect(outlined.paths).toEqual(full.paths);
      expect(outlined.files.has('configs/.keboola/manifest.json')).toBe(true);
    }),
    { numRuns: randomRuns(8), seed: randomSeed },
  );
});

test('the outline of an outline is the same outline', () => {
  fc.assert(
    fc.property(oddContent, (content) => {
      const outline = outlineOf(config('1', 'C', { content, rows: [row('1', 'R', content)] }));
      expect(outlineOf(outline)).toEqual(outline);
    }),
  );
});
