import { describe, expect, it } from 'vitest';
import { circlesOf } from './circles.ts';
import { importsOf, resolved } from './read-imports.ts';
import { filesOfTheHouse } from './rooms.ts';

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
    expect(circlesOf(graph)).toEqual([]);
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
