import { StreamFailure } from '../../model/streams/errors.ts';
import type { CatFile } from '../cat-file.ts';
import { parseCommit } from './commit-object.ts';
import type { TreeEntry, TreeReads } from './reading-types.ts';
import { findInTree, parseTree } from './tree-objects.ts';

/** The largest tree object that is loaded, in bytes: about 100,000 entries with short names. */
const largestTree = 4 * 1024 * 1024;
const largestCommit = 1024 * 1024;
/** A deeper path costs one question to git for each folder. */
const deepest = 100;

/** See {@link TreeReads}: walks from a commit to its trees, through a `cat-file` that stays open. */
export function createTreeReads(catFile: CatFile, signal: AbortSignal): TreeReads {
  async function treeOf(id: string): Promise<Buffer> {
    const found = await catFile.object(id, 'tree', largestTree);
    signal.throwIfAborted();
    if (found === null) return Buffer.alloc(0);
    if (found.content === null) throw treeTooLarge(id, found.size);
    return found.content;
  }

  const reads: TreeReads = {
    async commitFacts(sha) {
      const found = await catFile.object(sha, 'commit', largestCommit);
      signal.throwIfAborted();
      if (found === null) return null;
      if (found.content === null) throw commitTooLarge(sha);
      return parseCommit(sha, found.content);
    },
    async entryAt(sha, path) {
      const commit = await reads.commitFacts(sha);
      if (commit === null) return null;
      let entry: TreeEntry = { name: '', isUtf8: true, type: 'folder', id: commit.tree };
      const parts = path === '' ? [] : path.split('/');
      if (parts.length > deepest) return null;
      for (const part of parts) {
        if (entry.type !== 'folder' || part === '') return null;
        const next = findInTree(await treeOf(entry.id), part);
        if (next === null) return null;
        entry = next;
      }
      return entry;
    },
    async entriesOf(treeId) {
      return [...parseTree(await treeOf(treeId))];
    },
    async filesBelow(treeId, most) {
      const files: { path: string; id: string }[] = [];
      // A tree can contain itself many times over: folders count too.
      let seen = 0;
      const folders = [{ path: '', id: treeId }];
      for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        for (const { name, isUtf8, type, id } of parseTree(await treeOf(folder.id))) {
          seen += 1;
          if (seen > most) return null;
          if (!isUtf8) continue;
          if (type === 'file') files.push({ path: folder.path + name, id });
          if (type === 'folder') folders.push({ path: `${folder.path}${name}/`, id });
        }
      }
      return files;
    },
  };
  return reads;
}

function treeTooLarge(id: string, size: number): StreamFailure {
  return new StreamFailure(
    'too_many_files',
    `A folder of the repository (tree ${id}) has so many entries that they take ${size.toLocaleString('en')} bytes; ` +
      `at most ${largestTree.toLocaleString('en')} are read. Look at it with git.`,
  );
}

function commitTooLarge(sha: string): StreamFailure {
  return new StreamFailure(
    'repository_too_large',
    `The commit ${sha} is larger than 1 MiB. Look at it with git.`,
  );
}
