import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { maxEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import {
  isSchemaPath,
  lineOfSchema,
  readSchemaFile,
} from '../../../knowledge/kinds/read-schema-file.ts';
import { usableKinds, type DescribedKind } from '../../../knowledge/kinds/usable-kinds.ts';
import { readRules } from '../../../knowledge/review/read-rules.ts';
import { isLikeRules, rulesElsewhere, rulesPath } from '../../../knowledge/review/rules-file.ts';
import { unknownKinds } from '../../../knowledge/review/rules-in-force.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { UsageError } from '../../client/client-command.ts';

/** Something that is wrong with a file. The first line is 1. */
export interface FileProblem {
  path: string;
  line: number;
  message: string;
}

/** A space's files in a local folder. Paths are relative to that folder, with `/`. */
export interface WorkingCopy {
  /** All of them, whether they are entries or not. */
  files: string[];
  entries: { path: string; kind: Kind }[];
  /** What is wrong with the schema files. */
  problems: FileProblem[];
  /** What is wrong with the rules of review. */
  rulesProblems: FileProblem[];
}

/**
 * Finds the files of a space below `root` (`''`: the whole folder). Symbolic links are not
 * followed: Git stores them as links, and they can point anywhere. Throws {@link UsageError} if
 * there is no such folder.
 */
export async function readWorkingCopy(folder: string, root: string): Promise<WorkingCopy> {
  const paths = await filesBelow(folder, root);
  const described: DescribedKind[] = [];
  const problems: WorkingCopy['problems'] = [];
  for (const path of paths.filter((one) => isSchemaPath(root, one))) {
    const read = readSchemaFile(path, await readBytes(join(folder, path)));
    if ('kind' in read) described.push({ path, kind: read.kind });
    else problems.push({ path, line: read.line, message: read.problem });
  }
  const own = usableKinds(described);
  for (const { path, message } of own.problems) {
    const line = lineOfSchema(await readBytes(join(folder, path)), '#/x-gitward');
    problems.push({ path, line, message });
  }
  const kinds = kindsOf(own.kinds);
  const entries = paths.flatMap((path) => {
    const kind = kindOfPath(kinds, root, path);
    return kind === null ? [] : [{ path, kind }];
  });
  return {
    ...{ files: paths, entries, problems },
    rulesProblems: await checkRules(folder, root, { paths, kinds }),
  };
}

/** The problems of the rules file, if there is one. */
async function checkRules(
  folder: string,
  root: string,
  { paths, kinds }: { paths: readonly string[]; kinds: readonly Kind[] },
): Promise<FileProblem[]> {
  const path = root === '' ? rulesPath : `${root}/${rulesPath}`;
  const others = paths
    .filter((one) => one !== path && isLikeRules(path, one))
    .map((one) => ({ path: one, line: 1, message: rulesElsewhere(path) }));
  if (!paths.includes(path)) return others;
  const read = readRules(await readBytes(join(folder, path)), path);
  if ('problems' in read) return [...others, ...read.problems];
  const unknown = unknownKinds(read.rules, kinds);
  return [...others, ...unknown.map((message) => ({ path, line: 1, message }))];
}

/**
 * The space's root as Gitward stores it: `knowledge`, or `''` for `.`. Throws {@link UsageError} if
 * it is outside the working copy.
 */
export function rootFrom(given: string): string {
  const parts = given.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || given.startsWith('/'))
    throw new UsageError(`--root is "${given}": give a folder below the working copy.`);
  return parts.join('/');
}

/**
 * All files below the folder `root` of `folder`, sorted, except Git's own; throws
 * {@link UsageError}.
 */
export async function filesBelow(folder: string, root: string): Promise<string[]> {
  await mustBeFolder(folder, root);
  const found: string[] = [];
  const open = [root];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const item of await listed(join(folder, path))) {
      const below = path === '' ? item.name : `${path}/${item.name}`;
      if (item.isDirectory() && item.name !== '.git') open.push(below);
      else if (item.isFile()) found.push(below);
    }
  }
  return found.sort();
}

/**
 * A link inside the working copy could point anywhere, so it is refused; the working copy itself
 * may be a link.
 */
async function mustBeFolder(folder: string, root: string): Promise<void> {
  const parts = root === '' ? [] : root.split('/');
  for (let depth = 0; depth <= parts.length; depth += 1) {
    const path = join(folder, ...parts.slice(0, depth));
    const found = await (depth === 0 ? stat : lstat)(path).catch(() => null);
    if (found?.isDirectory() !== true)
      throw new UsageError(`There is no folder ${path}: say where the files are (DIR, --root).`);
  }
}

function listed(path: string) {
  return readdir(path, { withFileTypes: true }).catch(unreadable(path));
}

/** A file's bytes; `null` if it is larger than an entry may be. Throws {@link UsageError}. */
export async function readBytes(path: string): Promise<Uint8Array | null> {
  // It was a file a moment ago; if it is a link by now, that is not followed either.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(unreadable(path));
  try {
    const { size } = await file.stat();
    return size > maxEntryBytes ? null : await file.readFile();
  } finally {
    await file.close();
  }
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  };
}
