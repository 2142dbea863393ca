import { describe, expect, it } from 'vitest';
import { circlesOf } from './circles.ts';
import { importsOf, resolved } from './read-imports.ts';
import { filesOfTheHouse } from './rooms.ts';

/** Circles that are still to be undone: the list only gets shorter. */
const known = [
  [
    'activities/knowledge/operations/export-space.ts',
    'activities/knowledge/operations/import-entries.ts',
    'activities/knowledge/operations/run-operation.ts',
    'activities/knowledge/operations/sync-everything.ts',
  ],
  ['db/knowledge/space-marks.ts', 'db/knowledge/spaces.ts'],
  [
    'model/mirror/message/message-body.ts',
    'model/mirror/message/message-subject.ts',
    'model/mirror/message/message.ts',
  ],
  ['model/platform/project.ts', 'model/platform/storage.ts'],
  [
    'platforms/keboola/layout/mappers/block-files.ts',
    'platforms/keboola/layout/mappers/custom-python.ts',
    'platforms/keboola/layout/mappers/data-gateway.ts',
    'platforms/keboola/layout/mappers/default-buckets.ts',
    'platforms/keboola/layout/mappers/orchestrations.ts',
    'platforms/keboola/layout/mappers/schedules.ts',
    'platforms/keboola/layout/mappers/shared-code-links.ts',
    'platforms/keboola/layout/mappers/shared-codes.ts',
    'platforms/keboola/layout/mappers/transformations.ts',
    'platforms/keboola/layout/mappers/variables.ts',
    'platforms/keboola/layout/steps.ts',
  ],
  [
    'platforms/keboola/layout/mappers/orchestration-phase.ts',
    'platforms/keboola/layout/mappers/orchestration-task.ts',
  ],
];

describe('imports', () => {
  it('make no circle, types counted', () => {
    const files = filesOfTheHouse();
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(({ target }) => target.startsWith('.'))
          .map(({ target }) => resolved(file, target)),
      ]),
    );
    expect(files.length).toBeGreaterThan(300);
    const isKnown = (circle: string[]) =>
      known.some((one) => circle.every((file) => one.includes(file)));
    expect(circlesOf(graph).filter((circle) => !isKnown(circle))).toEqual([]);
  });
});

describe('the circles of a graph', () => {
  const circles = (edges: Record<string, string[]>) => circlesOf(new Map(Object.entries(edges)));

  it('are the groups that reach one another', () => {
    expect(
      circles({
        z: ['a'],
        a: ['b', 'd'],
        b: ['c'],
        c: ['a', 'package'],
        d: ['e'],
        e: ['d'],
        f: ['a'],
      }),
    ).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('are one where two share a node', () => {
    expect(circles({ a: ['b', 'c'], b: ['a'], c: ['a'] })).toEqual([['a', 'b', 'c']]);
  });

  it('are none where all arrows go one way, also by two ways', () => {
    expect(circles({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toEqual([]);
  });

  it('can be of one node', () => {
    expect(circles({ a: ['a'] })).toEqual([['a']]);
  });
});
