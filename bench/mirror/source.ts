import { ask, end, forkSource } from '../measuring/processes.ts';
import { figure, median, takeTurns } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';
import type { Reader, Reading, Role } from './source-process.ts';

/** What reading a large branch of a platform costs. */
export const source = defineBench({
  name: 'source',
  measures:
    'Reading a large branch one configuration at a time (readBranch), all of it as objects (readProject, the peer), and JSON.parse of the same answer (the floor). Each in processes of its own, in turns, since what counts is the most memory that a process ever had.',
  options: {
    configurations: numberOption('configurations of the branch', { default: 10_000, quick: 500 }),
    rounds: numberOption('readings of each kind', { default: 5, quick: 2 }),
  },
  async *measure({ configurations, rounds }) {
    const server = start({ role: 'server', configurations });
    try {
      const url = await ask<string>(server);
      const reading = (reader: Reader) => () => ask<Reading>(start({ role: reader, url }));
      const { floor, branch, project } = await takeTurns(
        {
          floor: reading('JSON.parse'),
          branch: reading('readBranch'),
          project: reading('readProject'),
        },
        { rounds },
      );
      for (const [name, unit, of] of [
        ['time', 'ms', ({ milliseconds }: Reading) => milliseconds],
        ['memory above what the process had', 'bytes', ({ memory }: Reading) => memory],
      ] as const)
        yield figure(name, unit, branch.map(of), {
          group: 'Reading a branch',
          floor: { name: 'JSON.parse', value: median(floor.map(of)) },
          peers: [{ name: 'readProject', value: median(project.map(of)) }],
        });
    } finally {
      await end(server);
    }
  },
});

function start(role: Role) {
  return forkSource(new URL('source-process.ts', import.meta.url), [JSON.stringify(role)]);
}
