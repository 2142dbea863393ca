import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import type { Db } from '../../../db/connect.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { findPushed } from '../../../db/streams/pushed-commits.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { CommitFacts } from '../../../git/clones/reading-types.ts';
import { approvalEffect, commitsSinceOurs } from '../../../model/mirror/hold.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { ancestorsOf } from '../../../model/text/ancestors.ts';
import type { PlatformLayout } from '../../../platforms/platform.ts';
import { lastCommitView } from '../../streams/stream-view.ts';
import type { HoldView } from './hold-schema.ts';

/** How many commits are listed, and among how many the newest one of ours is looked for. */
const mostListed = 20;
const mostSearched = 500;
/** Names and addresses in commits may be of any length. */
const longestName = 200;

/** A held mirror, with the clone of its branch as the remote has it now. */
export interface HeldMirror {
  row: Mirror;
  layout: Pick<PlatformLayout, 'ownedFolders'>;
  clone: Clone;
}

/** Reads what the branch of a held mirror has now, and what approving would do. Throws like {@link Clone}. */
export async function readHold(
  db: Db,
  held: HeldMirror,
): Promise<Pick<HoldView, 'tip' | 'lastCommit' | 'commits' | 'files'>> {
  const { row, clone } = held;
  const { tip } = clone;
  const last = lastCommitView(row);
  const isReachable = last !== null && tip !== null && (await clone.isAncestor(last.sha, tip));
  const commits = await newestCommits(db, held);
  return {
    tip: tip === null ? null : await commitView(clone, tip),
    lastCommit: last && { ...last, isReachable },
    commits,
    files: approvalEffect(
      await lastWritten(db, row),
      await presentFiles(held),
      await standingAbove(held),
    ),
  };
}

async function newestCommits(db: Db, { row, clone }: HeldMirror): Promise<HoldView['commits']> {
  if (clone.tip === null) return { items: [], hasMore: false };
  const line = await clone.firstParents(clone.tip, mostSearched);
  const ours = await findPushed(db, mirrorStream(mirrorKey(row)), line);
  const isWhole = line.length < mostSearched;
  const { shas, hasMore } = commitsSinceOurs(line, ours, { most: mostListed, isWhole });
  const items: HoldView['commits']['items'] = [];
  for (const sha of shas) items.push(await commitView(clone, sha));
  return { items, hasMore };
}

async function commitView(
  clone: Clone,
  sha: string,
): Promise<HoldView['commits']['items'][number]> {
  const facts = await clone.commitFacts(sha);
  if (facts === null)
    throw new Error(`The clone lacks the commit ${sha}, which it has just listed.`);
  return { sha, ...described(facts) };
}

function described({ author: { name, email }, authoredAt, subject }: CommitFacts) {
  return {
    author: { name: name.slice(0, longestName), email: email.slice(0, longestName) },
    authoredAt: authoredAt.toISOString(),
    subject,
  };
}

/** What the mirror wrote at its place: path → blob id; `null` before its first commit there. */
async function lastWritten(db: Db, row: Mirror): Promise<Map<string, string> | null> {
  if (row.initializedAt === null) return null;
  const files = await listRenderedFiles(db, mirrorStream(mirrorKey(row)));
  if (files.size === 0) return null;
  return new Map([...files.values()].map(({ path, blobId }) => [path, blobId]));
}

/** The files in the mirror's folders now, by their path below its place. */
async function presentFiles({ row, layout, clone }: HeldMirror): Promise<Map<string, string>> {
  const present = new Map<string, string>();
  if (clone.tip === null) return present;
  const prefix = row.subdirectory === '' ? '' : `${row.subdirectory}/`;
  for (const folder of layout.ownedFolders) {
    const files = await clone.changes(null, clone.tip, prefix + folder);
    for (const { path, blobId } of files)
      if (blobId !== null) present.set(path.slice(prefix.length), blobId);
  }
  return present;
}

/** What is not a folder, but has to be one for the mirror's place to be below it: paths in the repository. */
async function standingAbove({ row, clone }: HeldMirror): Promise<string[]> {
  const { tip } = clone;
  if (tip === null || row.subdirectory === '') return [];
  const above = ancestorsOf(`${row.subdirectory}/`);
  const entries = await Promise.all(above.map((path) => clone.entryAt(tip, path)));
  return above.filter((_path, at) => (entries[at]?.type ?? 'folder') !== 'folder');
}
