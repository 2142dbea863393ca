import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The files below a folder in which one of these texts stands, and the git repositories of which an object has one. */
export async function findOnDisk(folder: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const look = (place: string, content: Buffer) => {
    if (texts.some((text) => content.includes(text))) found.push(place);
  };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) look(path, await readFile(path));
    // Git stores its objects deflated.
    if (entry.isDirectory() && basename(path) === 'objects')
      look(dirname(path), await objectsOf(dirname(path)));
  }
  return found;
}

async function objectsOf(gitDirectory: string): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(
    'git',
    [`--git-dir=${gitDirectory}`, 'cat-file', '--batch-all-objects', '--unordered', '--batch'],
    // What a cache without blobs lacks is not fetched for this.
    { encoding: 'buffer', maxBuffer: 1 << 30, env: { ...process.env, GIT_NO_LAZY_FETCH: '1' } },
  );
  return stdout;
}
