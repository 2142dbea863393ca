import { mkdir } from 'node:fs/promises';
import type { GitRepository } from '../../test/support/git-repository.ts';
import { figure, median, takeTurns, timed } from '../measuring/statistics.ts';
import { Place } from '../measuring/place.ts';
import { startDeliverer, startGitServer } from '../measuring/servers.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption, numbersOption, textOption } from '../shape/option.ts';
import * as contenders from './contenders.ts';

const filesOfAConfiguration = ['config.json', 'description.md', 'meta.json'];
/** Gitward may need this much more than git alone: it asks what the remote has, and proves what it wrote. */
const timesTheFloor = 1.5;

/** One changed file as a commit: against git alone, and against work trees. */
export const delivery = defineBench({
  name: 'delivery',
  measures:
    'One changed file → a commit on the remote, without the window: Gitward, the same git commands by hand (the floor), and a work tree. All take turns.',
  options: {
    sizes: numbersOption('files in the repository', {
      default: [1_000, 10_000, 100_000],
      quick: [1_000, 3_000],
    }),
    rounds: numberOption('deliveries', { default: 21, quick: 5 }),
    transport: textOption('how the remote is reached', {
      default: 'http',
      choices: ['http', 'file'],
    }),
    width: numberOption('configurations of a component', { default: 5_000, quick: 5_000 }),
  },
  async *measure({ sizes, rounds, transport, width }) {
    const place = await Place.make();
    try {
      const remotes = await startGitServer(place);
      const deliverer = await startDeliverer(place);
      for (const size of sizes) {
        const path = (index: number) => pathOf(index, width);
        const target = async (name: string): Promise<contenders.Target> => {
          const repository = await remotes.server.createRepository(`${name}-${size}`);
          await fill(repository, size, path);
          const url =
            transport === 'file'
              ? `file://${repository.directory}`
              : remotes.server.url(`${name}-${size}`);
          return { url, credential: remotes.credential };
        };
        const directory = async (name: string): Promise<string> => {
          const made = place.path(`${name}-${size}`);
          await mkdir(made);
          return made;
        };
        const [cliTree, simpleTree] = [await directory('cli'), await directory('simple-git')];
        const floor = await contenders.floor(await target('floor'), await directory('floor'));
        const gitward = contenders.gitward(await target('gitward'), deliverer);
        await contenders.clone(await target('cli'), cliTree);
        await contenders.clone(await target('simple-git'), simpleTree);
        const delivering = (contender: contenders.Contender) => (round: number) =>
          timed(() => contender(path((round * 7_919) % size), `changed in round ${round}\n`));
        const times = await takeTurns(
          {
            floor: delivering(floor),
            gitward: delivering(gitward),
            cli: delivering(contenders.commandLine(cliTree)),
            simpleGit: delivering(contenders.viaSimpleGit(simpleTree)),
          },
          { rounds },
        );
        const least = median(times.floor);
        yield figure('one changed file', 'ms', times.gitward, {
          at: { of: 'files', value: size },
          floor: { name: 'git by hand', value: least },
          peers: [
            { name: 'git CLI, work tree', value: median(times.cli) },
            { name: 'simple-git', value: median(times.simpleGit) },
          ],
          target: least * timesTheFloor,
        });
      }
    } finally {
      await place.end();
    }
  },
});

async function fill(
  repository: GitRepository,
  size: number,
  path: (index: number) => string,
): Promise<void> {
  const files: Record<string, string> = {};
  for (let index = 0; index < size; index += 1)
    files[path(index)] = `{"id": ${index}, "value": ${Math.imul(index, 2_654_435_761)}}\n`;
  await repository.commit({ files });
}

/** A mirror's real layout: a folder a configuration, three files in each, and these folders side by side. */
function pathOf(index: number, width: number): string {
  const configuration = Math.floor(index / filesOfAConfiguration.length);
  const component = Math.floor(configuration / width);
  const file = filesOfAConfiguration[index % filesOfAConfiguration.length];
  return `configs/main/extractor/component-${component}/configuration-${configuration}/${file}`;
}
