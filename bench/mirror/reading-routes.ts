import { setTimeout as sleep } from 'node:timers/promises';
import type { GitRepository } from '../../test/support/git-repository.ts';
import type { Get } from './reading-answers.ts';
import { runOf } from './reading-repository.ts';

/** An object of the catalog, as searches find it. */
interface Entry {
  kind: string;
  name: string;
  componentId: string;
  configurationId: string;
  tableId: string;
}

const cloneWithin = 600_000;

/** The whole catalog, page by page: the search for a letter that most names have. `firstAt` is when the first page came. */
export async function everyEntry(get: Get): Promise<{ entries: Entry[]; firstAt: number }> {
  const deadline = performance.now() + cloneWithin;
  const entries: Entry[] = [];
  let firstAt: number | null = null;
  for (let cursor = ''; ;) {
    const { status, text } = await get(`/search?text=e&limit=200${cursor}`);
    // The clone of a large repository takes longer than an answer waits.
    if (status === 503 && firstAt === null && performance.now() < deadline) {
      await sleep(1_000);
      continue;
    }
    if (status !== 200) throw new Error(`The catalog was not read: ${status} ${text}`);
    firstAt ??= performance.now();
    const body = JSON.parse(text) as { items: Entry[]; nextCursor: string | null };
    entries.push(...body.items);
    if (body.nextCursor === null) return { entries, firstAt };
    cursor = `&cursor=${body.nextCursor}`;
  }
}

/** Each route that is asked → what makes paths for it, another one each time and the same in each run. */
export async function routesOf({
  repository,
  shas,
  commits,
  catalog,
}: {
  repository: GitRepository;
  shas: readonly string[];
  commits: number;
  catalog: readonly Entry[];
}): Promise<Record<string, () => string>> {
  const random = randomOf(1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const paths = (await repository.git(['ls-tree', '-r', '-z', '--name-only', 'main']))
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))];
  const configurationsOf = catalog.filter(({ kind }) => kind === 'configuration');
  const tables = catalog.filter(({ kind }) => kind === 'table');
  const words = catalog.flatMap(({ name }) => name.split(/\s+/)).filter((word) => word.length > 2);
  const changing = shas.filter((_sha, at) => at % 20 === 0 && at > 0);
  const named = () => {
    const { componentId, configurationId } = pick(configurationsOf);
    return `component=${componentId}&configuration=${configurationId}`;
  };
  return {
    'tree, newest': () => `/tree?path=${encodeURIComponent(pick(folders))}`,
    'tree, at a commit': () => `/tree?path=configs/main/extractor&at=${pick(shas)}`,
    'tree, at a date': () =>
      `/tree?path=jobs&at=${runOf(1 + Math.floor(random() * commits)).finishedAt.toISOString()}`,
    'file, newest': () => `/file?path=${encodeURIComponent(pick(paths))}`,
    'file, at a commit': () => `/file?path=configs/.keboola/project.json&at=${pick(shas)}`,
    'commit of a run': () => `/commits/${pick(shas.slice(1))}`,
    'commit of a configuration': () => `/commits/${pick(changing)}`,
    'the first commit, 50 objects': () => `/commits/${shas[0]}`,
    'versions of a configuration': () => `/objects/versions?${named()}`,
    'versions of a table': () => `/objects/versions?table=${pick(tables).tableId}`,
    'lineage of a table, depth 3': () => `/lineage?table=${pick(tables).tableId}`,
    'lineage, depth 10, both ways': () => `/lineage?${named()}&depth=10`,
    'runs, newest': () => '/runs',
    'runs of a configuration': () => `/runs?${named()}`,
    'runs that failed, of a month': () => '/runs?status=FAILED&from=2026-02-01&to=2026-03-01',
    'search, one word': () => `/search?text=${encodeURIComponent(pick(words))}`,
    'search, two words': () =>
      `/search?text=${encodeURIComponent(`${pick(words)} ${pick(words)}`)}`,
  };
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
