import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { benches, loadBench } from '../../bench/benches.ts';
import { helpText, readCommand } from '../../bench/running/read-command.ts';
import type { Bench } from '../../bench/shape/bench.ts';
import type { OptionValue } from '../../bench/shape/option.ts';
import { merge } from '../../bench/shape/results.ts';
import { measured, takeTurns } from '../../bench/measuring/statistics.ts';
import { root, sourceFiles } from '../house/read-imports.ts';
import { figureOf, resultOf } from './results.ts';

let all: Bench[];
beforeAll(async () => {
  all = await Promise.all(Object.keys(benches).map(loadBench));
});

it('every bench is registered under its name', () => {
  expect(all.map(({ name }) => name)).toEqual(Object.keys(benches));
  const defined = sourceFiles('bench').filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('= defineBench('),
  );
  expect(defined).toHaveLength(all.length);
});

it('every bench says what it measures, and its options can be given as they are shown', () => {
  for (const { name, measures, options } of all) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(measures, name).toMatch(/^[A-Z].*\.$/);
    expect(Object.keys(options), name).not.toEqual([]);
    for (const [key, { default: usual, quick, says, read }] of Object.entries(options)) {
      expect(key, name).toMatch(/^(?!quick$|report$|help$|to$)[a-z]+$/);
      expect(says, `${name} --${key}`).not.toBe('');
      for (const value of [usual, quick]) expect(read(String(value))).toEqual(value);
    }
  }
});

it('quick sizes are at most the usual ones', () => {
  for (const { name, options } of all)
    for (const [key, option] of Object.entries(options)) {
      const most = (value: OptionValue) => Math.max(...[value].flat().map(Number));
      if (typeof option.default === 'string') continue;
      expect(most(option.quick), `${name} --${key}`).toBeLessThanOrEqual(most(option.default));
    }
});

it('without names, all run; with names, those, in the order of all', () => {
  const names = (...args: string[]) => readCommand(args, all).runs.map(({ bench }) => bench.name);
  expect(names()).toEqual(Object.keys(benches));
  expect(names('typing', 'delivery', '--quick')).toEqual(['delivery', 'typing']);
});

it('options go to each bench that has them, also beside --quick', () => {
  const { runs, quick } = readCommand(['delivery', 'mirror', '--quick', '--sizes', '7,70'], all);
  expect(quick).toBe(true);
  expect(runs.map(({ options }) => options.sizes)).toEqual([
    [7, 70],
    [7, 70],
  ]);
  expect(runs[0]?.options.rounds).toBe(all[0]?.options.rounds?.quick);
});

it.each([
  [['deliveries'], /no bench "deliveries", only delivery, memory/],
  [['delivery', '--entries', '3'], /--entries is no option of delivery/],
  [['--nonsense'], /Unknown option '--nonsense'/],
  [['delivery', '--rounds', '0'], /--rounds \(deliveries\): "0" is no whole number of at least 1/],
  [['delivery', '--sizes', '10,x'], /--sizes .*"x" is no whole number/],
  [['delivery', '--transport', 'ssh'], /"ssh" is none of http, file/],
])('%j is refused, and the message says what can be asked for', (args, message) => {
  expect(() => readCommand(args, all)).toThrow(message);
});

it('--help names every bench and option', () => {
  const text = helpText(all);
  for (const { name, options } of all)
    for (const word of [name, ...Object.keys(options).map((key) => `--${key} `)])
      expect(text).toContain(word);
});

it('a run replaces the results of what it ran, and leaves the others', () => {
  const [old, kept] = ['delivery', 'mirror'].map((name) => resultOf([figureOf()], { name }));
  const newer = resultOf([figureOf({ value: 1 })], { name: 'delivery' });
  const gone = resultOf([], { name: 'no-longer-there' });
  expect(merge([kept!, old!, gone], [newer], ['delivery', 'mirror']).benches).toEqual([
    newer,
    kept,
  ]);
});

it('contenders take turns, another one first each round, and rounds that warm up do not count', async () => {
  const turns: string[] = [];
  const contender = (name: string) => (round: number) => {
    turns.push(`${name}${round}`);
    return Promise.resolve(round);
  };
  const results = await takeTurns({ a: contender('a'), b: contender('b') }, { rounds: 2 });
  expect(turns).toEqual(['b0', 'a0', 'a1', 'b1', 'b2', 'a2']);
  expect(results).toEqual({ a: [1, 2], b: [1, 2] });
});

it('a figure is the median, with the least and the most; many rounds have a 95th percentile', () => {
  expect(measured([3, 1, 2])).toEqual({ value: 2, spread: [1, 3], rounds: 3 });
  expect(measured([4, 1, 2, 3]).value).toBe(2.5);
  const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
  expect(measured(hundred)).toMatchObject({ value: 50.5, percentile95: 95, spread: [1, 100] });
  expect(() => measured([])).toThrow('Nothing was measured');
});
