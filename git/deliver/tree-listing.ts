import type { Session } from '../run/session.ts';
import type { TreeObject } from '../types.ts';

/** Above this many paths, listing their folders is cheaper than matching each against each entry. */
const manyPaths = 400;

/** See `Tip.listFiles`. Reads only trees and requests no blobs. */
export async function listFiles(
  session: Session,
  tree: string,
  folders: readonly string[],
): Promise<Map<string, string>> {
  if (folders.length === 0) return new Map();
  const places = folders.includes('') ? [] : folders;
  return parseListing(await session.list(lsTree(['-r'], tree, places)));
}

/** See `Tip.objectsAt`. */
export async function objectsAt(
  session: Session,
  tree: string,
  paths: readonly string[],
): Promise<Map<string, TreeObject>> {
  if (paths.length === 0) return new Map();
  const wanted = new Set(paths);
  // With `-t`, the trees on the way are listed too: otherwise one with another path below it would not be.
  const output =
    wanted.size > manyPaths
      ? await session.list(lsTree(['-r', '-t'], tree, topFolders(wanted)))
      : await session.local(lsTree(['-t'], tree, [...wanted]));
  const found = new Map<string, TreeObject>();
  for (const entry of output.toString().split('\0')) {
    const [, mode, type, id, path] =
      /^(\d+) (blob|tree|commit) ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (type === undefined || id === undefined || path === undefined || !wanted.has(path)) continue;
    const executable = mode === '100755';
    found.set(path, { type: types[type as keyof typeof types], id, executable });
  }
  return found;
}

/** See `Tip.namesIn`. */
export async function namesIn(session: Session, tree: string, folder: string): Promise<string[]> {
  const start = folder === '' ? '' : `${folder}/`;
  const listed = await session.list(lsTree(['--name-only'], tree, start === '' ? [] : [start]));
  return listed
    .toString()
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => path.slice(start.length));
}

/** Git's types of objects in a tree. */
const types = { blob: 'file', tree: 'folder', commit: 'submodule' } as const;

function topFolders(paths: Iterable<string>): string[] {
  return [...new Set(Array.from(paths, (path) => path.split('/')[0] ?? ''))];
}

/** `ls-tree` takes paths literally, so nothing in them acts as a pattern. */
function lsTree(options: string[], tree: string, paths: readonly string[]): string[] {
  return ['ls-tree', '-z', '--full-tree', ...options, '--end-of-options', tree, ...paths];
}

/** The mode of a file as we write it, and as old versions of git wrote it. */
const plainFile = new Set(['100644', '100664']);

/** Parses `<mode> <type> <id>\t<path>\0`: everything but trees. See `Tip.listFiles`. */
function parseListing(output: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of output.toString().split('\0')) {
    const [, mode = '', id, path] = /^(\d+) (?:blob|commit) ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (id === undefined || path === undefined) continue;
    files.set(path, plainFile.has(mode) ? id : `${mode} ${id}`);
  }
  return files;
}
