import { describe, expect, it } from 'vitest';
import { circlesOf } from './circles.ts';
import { importsOf, resolved } from './read-imports.ts';
import { filesOfTheHouse } from './rooms.ts';

describe('imports', () => {
  it('have no cycles, including imports of types', () => {
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

describe('the cycles of a graph', () => {
  const circles = (edges: Record<string, string[]>) => circlesOf(new Map(Object.entries(edges)));

  it('are the groups of nodes that reach one another', () => {
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

  it('are one if two of them share a node', () => {
    expect(circles({ a: ['b', 'c'], b: ['a'], c: ['a'] })).toEqual([['a', 'b', 'c']]);
  });

  it('are none if all arrows point in one direction, even along two paths', () => {
    expect(circles({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toEqual([]);
  });

  it('can consist of one node', () => {
    expect(circles({ a: ['a'] })).toEqual([['a']]);
  });
});
