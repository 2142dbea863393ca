import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Agent } from 'undici';
import { createKeboolaSource } from '../platforms/keboola/source/keboola-source.ts';
import type { ConfigurationSource } from '../platforms/configurations/configuration-source.ts';
import { largeProject } from '../test/support/mirror/large-project.ts';
import { startStorageApi } from '../examples/storage-api/storage-api.ts';

/**
 * Reading a large branch: all of it as objects (`readProject`) against one configuration at a time
 * (`readBranch`), with `JSON.parse` of the same answer beside them as the floor. Each in processes of its own, in turns, since what
 * counts is the most memory that a process ever had.
 *
 *     npm run bench:source -- --configurations 10000 --rounds 5
 */
const { values } = parseArgs({
  options: {
    configurations: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    role: { type: 'string', default: 'all' },
    url: { type: 'string', default: '' },
  },
});
const token = 'bench-token';
const signal = new AbortController().signal;

interface Measured {
  milliseconds: number;
  /** The most resident memory of the process, above what it had before. */
  megabytes: number;
}

/** What each contender does; the result keeps what its caller would keep. */
const contenders: Record<string, (source: ConfigurationSource) => Promise<unknown>> = {
  'JSON.parse': async () => {
    const path = '/v2/storage/branch/1000/components?include=configuration,rows';
    const headers = { 'x-storageapi-token': token };
    return JSON.parse(await (await fetch(values.url + path, { headers })).text()) as unknown;
  },
  readProject: (source) => source.readProject(['1000'], { signal, storage: false }),
  readBranch: async (source) => {
    const reading = await source.readBranch('1000', { signal, storage: false });
    let rows = 0;
    const length = reading?.configurations.length ?? 0;
    for (let index = 0; index < length; index++)
      rows += reading?.configurations.at(index).rows.length ?? 0;
    return { reading, rows };
  },
};

if (values.role === 'server') await serve();
else if (values.role === 'all') await compare();
else await measure(values.role);

async function serve(): Promise<void> {
  const project = largeProject({ configurations: Number(values.configurations) });
  const api = await startStorageApi({ project, token, keepAnswers: true });
  process.send?.(api.url);
  process.once('disconnect', () => void api.close());
}

async function measure(role: string): Promise<void> {
  const dispatcher = new Agent();
  const source = createKeboolaSource({
    url: values.url,
    token,
    dispatcher,
    checkUrl: (url) => url,
  });
  await source.verify({ signal });
  const before = process.memoryUsage.rss();
  const begun = performance.now();
  const kept = await contenders[role]?.(source);
  const milliseconds = performance.now() - begun;
  const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1024 / 1024;
  process.send?.({ milliseconds, megabytes, kept: kept !== undefined });
  await dispatcher.close();
  process.disconnect();
}

async function compare(): Promise<void> {
  const server = child('server', '');
  const [url] = (await once(server, 'message')) as [string];
  const rounds = Number(values.rounds);
  const results = new Map<string, Measured[]>();
  // The first round fills the server's answers, and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const name of Object.keys(contenders)) {
      const [measured] = (await once(child(name, url), 'message')) as [Measured];
      if (round > 0) results.set(name, [...(results.get(name) ?? []), measured]);
    }
  }
  server.disconnect();
  console.log(`${values.configurations} configurations, medians of ${rounds} rounds\n`);
  for (const [name, all] of results) {
    const time = median(all.map(({ milliseconds }) => milliseconds));
    const memory = median(all.map(({ megabytes }) => megabytes));
    console.log(
      `${name.padEnd(12)}${time.toFixed(0).padStart(7)} ms${memory.toFixed(0).padStart(6)} MB`,
    );
  }
}

function child(role: string, url: string) {
  const { configurations } = values;
  const args = ['--role', role, '--url', url, '--configurations', configurations];
  return fork(fileURLToPath(import.meta.url), args);
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
