import { mkdir } from 'node:fs/promises';
import { usualSearchPath } from './deliver/deliverer.ts';
import { createGitRunner } from './run/run-git.ts';

/** A bare repository on this machine that we create and inspect: the demo's remote. */
export interface BareRepository {
  directory: string;
  /** The branch's commits as a graph of lines, newest first. */
  log(branch: string): Promise<string>;
  /** Which files below a folder differ from another branch, and by how many lines. */
  compare(branch: string, other: string, folder: string): Promise<string>;
  /** The paths at the branch's tip, one per line. */
  tree(branch: string): Promise<string>;
}

/** Creates an empty bare repository in a new directory. */
export async function createBareRepository(directory: string): Promise<BareRepository> {
  await mkdir(directory, { recursive: true });
  // As HOME it gets its own directory, which contains no configuration.
  const run = createGitRunner({ home: directory, searchPath: usualSearchPath });
  async function git(...args: string[]): Promise<string> {
    const signal = AbortSignal.timeout(30_000);
    const { stdout } = await run({ args, cwd: directory, timeLimit: 30_000, signal });
    return stdout.toString('utf8').trimEnd();
  }
  await git('init', '--quiet', '--bare', '--initial-branch=main', '.');
  // Allowed as on real hosts: a fetch may leave out old contents.
  await git('config', 'uploadpack.allowFilter', 'true');
  return {
    directory,
    log: (branch) =>
      git(
        'log',
        '--date=iso-strict',
        '--format=%h  %ad  %an%n         %s%n%w(0,9,9)%(trailers:key=Co-authored-by)',
        branch,
      ),
    compare: (branch, other, folder) =>
      git('diff', '--stat=100', `${branch}..${other}`, '--', folder),
    tree: (branch) => git('ls-tree', '-r', '--name-only', branch),
  };
}
