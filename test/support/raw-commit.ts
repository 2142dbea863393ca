import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { GitRepository } from './git-repository.ts';

/** A commit object, byte by byte: Git's own commands refuse to write some that a server accepts. */
export interface RawCommit {
  tree: string;
  parents: readonly string[];
  /** `Name <email> seconds zone`, or anything; Gitward by default. */
  author?: string;
  /** As `author`; `null` leaves the line out. */
  committer?: string | null;
  /** More lines of the header, such as `encoding UTF-16`. */
  headers?: readonly string[];
  message: string | Uint8Array;
}

/** Ident of Gitward in a commit object, with the time at which foreign commits of tests are made. */
export const asGitward = 'Gitward <gitward@localhost> 1700000000 +0000';

/** Writes a commit object into a repository as if it had been pushed; returns its id. No branch points to it yet. */
export async function writeCommit(repository: GitRepository, raw: RawCommit): Promise<string> {
  const { tree, parents, author = asGitward, committer = asGitward, headers = [] } = raw;
  const header = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author}`,
    ...(committer === null ? [] : [`committer ${committer}`]),
    ...headers,
  ];
  const body = Buffer.concat([Buffer.from(`${header.join('\n')}\n\n`), Buffer.from(raw.message)]);
  const object = Buffer.concat([Buffer.from(`commit ${body.length}\0`), body]);
  const id = createHash('sha1').update(object).digest('hex');
  const folder = join(repository.directory, 'objects', id.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, id.slice(2)), deflateSync(object, { level: 1 }));
  return id;
}
