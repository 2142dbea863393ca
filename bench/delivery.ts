import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGitDeliverer } from '../git/deliver/deliverer.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import type { GitRepository } from '../test/support/git-repository.ts';
import { GitServer } from '../examples/git-server/git-server.ts';
import * as contenders from './contenders.ts';

/**
 * One changed file → a commit on the remote, on this machine, without the window: Gitward against the same git commands by hand (the floor) and against a work tree. All contenders take
 * turns in one run, so that a noisy machine is noisy for all of them.
 *
 *     npm run bench -- --sizes 1000,10000,100000 --rounds 21 --transport http --width 5000
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    rounds: { type: 'string', default: '21' },
    transport: { type: 'string', default: 'http' },
    width: { type: 'string', default: '5000' },
  },
});
const rounds = Number(values.rounds);
const configurationsOfAComponent = Number(values.width);
const filesOfAConfiguration = ['config.json', 'description.md', 'meta.json'];

const place = await mkdtemp(join(tmpdir(), 'bench-'));
const server = await GitServer.start();
const deliverer = await createGitDeliverer({
  cacheDirectory: join(place, 'caches'),
  policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true }),
});
try {
  console.log(`Medians of ${rounds} rounds in milliseconds; in brackets, times the floor.\n`);
  console.log(row(['files', 'floor', 'gitward', 'git CLI', 'simple-git', 'CLI / gitward']));
  for (const size of values.sizes.split(',').map(Number)) await measure(size);
} finally {
  await deliverer.close();
  await server.close();
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

async function measure(size: number): Promise<void> {
  const all = await start(size);
  const times = new Map(Object.keys(all).map((name) => [name, [] as number[]]));
  const names = Object.keys(all) as (keyof typeof all)[];
  // The first round fills caches, and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const turn = names.map((_, index) => names[(index + round) % names.length]!);
    for (const name of turn) {
      const begun = performance.now();
      await all[name](pathOf((round * 7_919) % size), `changed in round ${round}\n`);
      if (round > 0) times.get(name)!.push(performance.now() - begun);
    }
  }
  const [floor, gitward, cli, simple] = names.map((name) => median(times.get(name)!));
  const against = (value: number) => `${value.toFixed(0)} (${(value / floor!).toFixed(2)})`;
  console.log(
    row([
      String(size), floor!.toFixed(0), against(gitward!), against(cli!), against(simple!), (cli! / gitward!).toFixed(2),
    ]),
  ); // prettier-ignore
}

/** The contenders, each with a repository of this size, in the table's order. */
async function start(size: number) {
  const target = async (name: string): Promise<contenders.Target> => {
    const repository = await server.createRepository(`${name}-${size}`);
    await fill(repository, size);
    const url =
      values.transport === 'file'
        ? `file://${repository.directory}`
        : server.url(`${name}-${size}`);
    return { url, credential: server.credential! };
  };
  const directory = async (name: string): Promise<string> => {
    const path = join(place, `${name}-${size}`);
    await mkdir(path);
    return path;
  };
  const [cliTree, simpleTree] = [await directory('cli'), await directory('simple-git')];
  const floor = await contenders.floor(await target('floor'), await directory('floor'));
  const gitward = contenders.gitward(await target('gitward'), deliverer);
  await contenders.clone(await target('cli'), cliTree);
  await contenders.clone(await target('simple-git'), simpleTree);
  return {
    floor,
    gitward,
    cli: contenders.commandLine(cliTree),
    simpleGit: contenders.viaSimpleGit(simpleTree),
  };
}

async function fill(repository: GitRepository, size: number): Promise<void> {
  const files: Record<string, string> = {};
  for (let index = 0; index < size; index += 1)
    files[pathOf(index)] = `{"id": ${index}, "value": ${Math.imul(index, 2_654_435_761)}}\n`;
  await repository.commit({ files });
}

/** A mirror's real layout: a folder a configuration, three files in each, and these folders side by side. */
function pathOf(index: number): string {
  const configuration = Math.floor(index / filesOfAConfiguration.length);
  const component = Math.floor(configuration / configurationsOfAComponent);
  const file = filesOfAConfiguration[index % filesOfAConfiguration.length];
  return `configs/main/extractor/component-${component}/configuration-${configuration}/${file}`;
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function row(cells: string[]): string {
  return cells.map((cell) => cell.padStart(14)).join('');
}
