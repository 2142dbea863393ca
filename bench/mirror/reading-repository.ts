import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { startStorageApi } from '../../examples/storage-api/storage-api.ts';
import { renderFully } from '../../test/support/mirror/full-render.ts';
import { largeProject } from '../../test/support/mirror/large-project.ts';
import { gitEnvironment, GitRepository } from '../../test/support/git-repository.ts';

/** How large the repository is. */
export interface ReadingRepositoryOptions {
  directory: string;
  configurations: number;
  commits: number;
}

/** When the first commit was made, and the time between two, in seconds. */
const firstCommit = Date.UTC(2026, 0, 1) / 1000;
const step = 78;
/** One commit in so many changes a configuration, and one in so many renames one. */
const changeEvery = 20;
const renameEvery = 4_000;

/** The run whose file a commit adds, and where it is. */
export function runOf(commit: number): { runId: string; finishedAt: Date; path: string } {
  const finishedAt = new Date((firstCommit + commit * step) * 1000);
  const hour = finishedAt.toISOString().slice(0, 13).replace(/[-T]/g, '/');
  return { runId: String(commit), finishedAt, path: `jobs/${hour}/${commit}.json` };
}

/**
 * Makes a repository as a mirror leaves it, with `git fast-import`: the tree of a large project, and
 * commits that each add the file of one run; some also change a configuration, or rename one.
 */
export async function makeReadingRepository({
  directory,
  configurations,
  commits,
}: ReadingRepositoryOptions): Promise<void> {
  const texts = await treeOf(configurations);
  await GitRepository.create(directory);
  const child = spawn('git', ['fast-import', '--quiet', '--done', '--force'], {
    cwd: directory,
    env: gitEnvironment(directory),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const closed = once(child, 'close');
  const write = writer(child.stdin);
  await write(commitHead(0, 'Start the mirror'));
  for (const [path, text] of texts) await write(fileLine(path, text));
  const homes = [...texts.keys()].flatMap(
    (path) => /^(configs\/main\/extractor\/[^/]+\/[^/]+)\/config\.json$/.exec(path)?.[1] ?? [],
  );
  for (let commit = 1; commit <= commits; commit += 1) {
    const { runId, path, finishedAt } = runOf(commit);
    const home = homes[(commit * 7919) % homes.length] ?? '';
    const [, , , componentId] = home.split('/');
    await write(commitHead(commit, `Job ${runId} finished`));
    const run = { runId, status: 'SUCCESS', componentId, finishedAt: finishedAt.toISOString() };
    await write(fileLine(path, `${JSON.stringify(run, null, 2)}\n`));
    if (commit % changeEvery === 0)
      await write(fileLine(`${home}/description.md`, `Changed by commit ${commit}.\n`));
    if (commit % renameEvery === 0)
      for (const line of rename(texts, homes, home)) await write(line);
  }
  await write('done\n');
  child.stdin.end();
  const [code] = (await closed) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}.`);
}

async function treeOf(configurations: number): Promise<Map<string, string>> {
  const token = 'bench-token';
  const project = largeProject({ configurations });
  const api = await startStorageApi({ project, token });
  const key = { projectId: '54321', branchId: '1000' };
  const files = await renderFully({ url: api.url, token }, key, new Map());
  await api.close();
  return new Map([...files].map(([path, { content }]) => [path, Buffer.from(content).toString()]));
}

/** Moves a configuration to another folder, as when its name changes, in all files that say where it is. */
function* rename(texts: Map<string, string>, homes: string[], home: string): Generator<string> {
  const moved = `${home}-renamed`;
  homes[homes.indexOf(home)] = moved;
  yield `R ${home} ${moved}\n`;
  const [short, longer] = [home, moved].map((path) => path.slice('configs/main/'.length));
  for (const [path, text] of texts) {
    if (!/^(configs\/\.keboola\/manifest\.json|ai\/catalog\/|storage\/lineage\/)/.test(path))
      continue;
    const changed = text
      .replaceAll(`"${home}"`, `"${moved}"`)
      .replaceAll(`"${home}/`, `"${moved}/`)
      .replaceAll(`"${short}"`, `"${longer}"`);
    if (changed === text) continue;
    texts.set(path, changed);
    yield fileLine(path, changed);
  }
}

function commitHead(commit: number, subject: string): string {
  const ident = `Bench <bench@example.com> ${firstCommit + commit * step} +0000`;
  return (
    `commit refs/heads/main\nauthor ${ident}\ncommitter ${ident}\n` +
    `data ${Buffer.byteLength(subject)}\n${subject}\n`
  );
}

function fileLine(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function writer(stream: Writable): (text: string) => Promise<void> {
  return async (text) => {
    if (!stream.write(text)) await once(stream, 'drain');
  };
}
