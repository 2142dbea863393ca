import { Agent } from 'undici';
import { startStorageApi } from '../../examples/storage-api/storage-api.ts';
import type { ConfigurationSource } from '../../platforms/configurations/configuration-source.ts';
import { createKeboolaSource } from '../../platforms/keboola/source/keboola-source.ts';
import { largeProject } from '../../test/support/mirror/large-project.ts';
import { mostMemory } from '../measuring/processes.ts';
import { timed } from '../measuring/statistics.ts';

/** What a process of the bench of sources is told as its only argument. */
export type Role =
  /** Serve a project of so many configurations; its message is the address. */
  | { role: 'server'; configurations: number }
  /** Read it once; its message is what that took. */
  | { role: Reader; url: string };

/** A way to read a branch. */
export type Reader = 'JSON.parse' | 'readProject' | 'readBranch';

/** What a reading took: milliseconds, and the most resident memory above what the process had before, in bytes. */
export interface Reading {
  milliseconds: number;
  memory: number;
}

const token = 'bench-token';
const { signal } = new AbortController();

/** What each reader does; the result keeps what its caller would keep. */
const readers: Record<Reader, (source: ConfigurationSource, url: string) => Promise<unknown>> = {
  'JSON.parse': async (_source, url) => {
    const path = '/v2/storage/branch/1000/components?include=configuration,rows';
    const headers = { 'x-storageapi-token': token };
    return JSON.parse(await (await fetch(url + path, { headers })).text()) as unknown;
  },
  readProject: (source) => source.readProject(['1000'], { signal, storage: false }),
  readBranch: async (source) => {
    const reading = await source.readBranch('1000', { signal, storage: false });
    let rows = 0;
    const length = reading?.configurations.length ?? 0;
    for (let index = 0; index < length; index += 1)
      rows += reading?.configurations.at(index).rows.length ?? 0;
    return { reading, rows };
  },
};

const role = JSON.parse(process.argv[2] ?? '') as Role;
if (role.role === 'server') await serve(role.configurations);
else await read(role.role, role.url);

async function serve(configurations: number): Promise<void> {
  const project = largeProject({ configurations });
  const api = await startStorageApi({ project, token, keepAnswers: true });
  process.once('disconnect', () => void api.close());
  process.send?.(api.url);
}

async function read(reader: Reader, url: string): Promise<void> {
  const dispatcher = new Agent();
  const source = createKeboolaSource({ url, token, dispatcher, checkUrl: (text) => text });
  await source.verify({ signal });
  const before = process.memoryUsage.rss();
  let kept: unknown = null;
  const milliseconds = await timed(async () => (kept = await readers[reader](source, url)));
  const memory = mostMemory() - before;
  if (kept === null) throw new Error(`${reader} read nothing.`);
  process.send?.({ milliseconds, memory } satisfies Reading);
  await dispatcher.close();
  process.disconnect();
}
