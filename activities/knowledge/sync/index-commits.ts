import type { Trx } from '../../../db/connect.ts';
import { gitEntriesOf } from '../../../db/knowledge/entry-writes.ts';
import {
  cutLine,
  endOfLine,
  filesAtEndOfLine,
  insertCommits,
  lastIndexedOf,
  type IndexedCommit,
  type IndexedVersion,
} from '../../../db/knowledge/space-commits.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone, LoggedCommit } from '../../../git/clones/clone-types.ts';
import { parseTrailers } from '../../../git/deliver/trailers.ts';
import { isEntryId, plainId } from '../../../knowledge/entries/entry-id.ts';
import { kindOfPath } from '../../../knowledge/kinds/kinds.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { VersionLine } from '../../../knowledge/entries/version-line.ts';
import type { Kind, Via } from '../../../model/knowledge/entry.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { isUsablePath } from './read-branch.ts';

/** What {@link indexCommits} needs. */
export interface IndexCommitsInput {
  row: Space;
  kinds: readonly Kind[];
  clone: Clone;
  /** The commit up to which the branch is read. */
  to: string;
  installationId: string;
  /** A pause between items. */
  pause: () => Promise<void>;
  /** Through what our commit of these batches came. */
  viaOfBatches: (batches: readonly string[]) => Promise<Via>;
}

/** The commit that last changed an entry. */
export interface LastChange {
  sha: string;
  author: string;
  at: Date;
}

/** What the commits that were indexed tell. */
export interface IndexedLine {
  /** By entry. */
  last: Map<string, LastChange>;
  /** Our own commits among them, oldest first. */
  own: { sha: string; batches: string[] }[];
}

/** Commits that are looked at together: their blobs are asked for at once. */
const COMMITS_AT_ONCE = 500;
/** First parents that an ordinary push has at most; more are looked for in the whole line. */
const ORDINARY_PUSH = 1_000;

/**
 * Brings the index of versions up to a commit, in one pass over what is new of the first-parent line. Where that
 * line is another one than before (a force-push, or a merge that took ours as its second parent), it is cut where both
 * part and goes on from there.
 */
export async function indexCommits(trx: Trx, input: IndexCommitsInput): Promise<IndexedLine> {
  const { row, clone, to, kinds } = input;
  const from = await lineStart(trx, input);
  // The entries are those of the synced commit; a line that begins elsewhere has only the index to tell.
  const known =
    from !== null && from === row.syncedSha
      ? await gitEntriesOf(trx, row.id)
      : await filesAtEndOfLine(trx, row.id);
  const line = new VersionLine(known);
  const ids = new DeclaredIds(clone, input.pause);
  const end = await endOfLine(trx, row.id);
  const indexed: IndexedLine = { last: new Map(), own: [] };
  const stream = spaceStream(row.id);

  let { position } = end;
  let effectiveAt = end.effectiveAt;
  async function take(commits: readonly LoggedCommit[]): Promise<void> {
    await ids.learn(commits, kindOf);
    const newCommits: IndexedCommit[] = [];
    const versions: IndexedVersion[] = [];
    for (const commit of commits) {
      await input.pause();
      const own = batchesOf(commit, stream, input.installationId);
      if (own !== null) indexed.own.push({ sha: commit.sha, batches: own });
      const files = commit.changes.flatMap(({ path, blobId }) =>
        kindOf(path) === null ? [] : [{ path, blobId, declaredId: ids.of(blobId) }],
      );
      const changed = line.step(files);
      if (changed.length === 0) continue;
      position += 1;
      // A clock that is ahead, or a forged date, must not hide all later versions from "as of".
      const committedAt = new Date(Math.min(commit.committedAt.getTime(), Date.now()));
      if (committedAt > effectiveAt) effectiveAt = committedAt;
      newCommits.push({
        position,
        sha: commit.sha,
        author: commit.author,
        authoredAt: commit.authoredAt,
        effectiveAt,
        subject: subjectOf(commit.message),
        via: own === null ? 'push' : await input.viaOfBatches(own),
      });
      const last = { sha: commit.sha, author: commit.author.name, at: commit.authoredAt };
      for (const { entryId, path, previousPath, blobId } of changed) {
        const kind = kindOf(path)?.name ?? '';
        versions.push({ position, entryId, kind, path, previousPath, blobId });
        indexed.last.set(entryId, last);
      }
    }
    await insertCommits(trx, row.id, newCommits, versions);
  }

  const kindOfKnownPath = new Map<string, Kind | null>();
  function kindOf(path: string): Kind | null {
    const known = kindOfKnownPath.get(path);
    if (known !== undefined) return known;
    const kind = isUsablePath(path) ? kindOfPath(kinds, row.root, path) : null;
    kindOfKnownPath.set(path, kind);
    return kind;
  }

  let waiting: LoggedCommit[] = [];
  for await (const commit of clone.log({ from, to, folder: row.root })) {
    waiting.push(commit);
    if (waiting.length < COMMITS_AT_ONCE) continue;
    await take(waiting);
    waiting = [];
  }
  await take(waiting);
  return indexed;
}

/** Where the index goes on: the last of its commits that is on the line, after which it is cut. */
async function lineStart(trx: Trx, { row, clone, to }: IndexCommitsInput): Promise<string | null> {
  const { syncedSha: synced } = row;
  if (synced !== null && (await clone.firstParents(to, ORDINARY_PUSH)).includes(synced))
    return synced;
  const known = await lastIndexedOf(trx, row.id, await clone.firstParents(to));
  await cutLine(trx, row.id, known?.position ?? 0);
  return known?.sha ?? null;
}

/** The batches of a commit of ours; `null` where it is somebody else's. */
function batchesOf(
  { byGitward, message }: LoggedCommit,
  stream: string,
  installationId: string,
): string[] | null {
  const trailers = byGitward ? parseTrailers(message) : null;
  if (trailers?.stream !== stream || trailers.installation !== installationId) return null;
  return trailers.batches;
}

function subjectOf(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 500);
}

/** The ids that blobs declare: each blob is read once, and only as far as it takes to see its id. */
class DeclaredIds {
  readonly #clone: Clone;
  readonly #pause: () => Promise<void>;
  readonly #ids = new Map<string, string | null>();

  constructor(clone: Clone, pause: () => Promise<void>) {
    this.#clone = clone;
    this.#pause = pause;
  }

  of(blobId: string | null): string | null {
    return blobId === null ? null : (this.#ids.get(blobId) ?? null);
  }

  async learn(
    commits: readonly LoggedCommit[],
    kindOf: (path: string) => Kind | null,
  ): Promise<void> {
    const kinds = new Map<string, Kind>();
    for (const { changes } of commits)
      for (const { path, blobId } of changes) {
        const kind = kindOf(path);
        if (blobId !== null && kind !== null && !this.#ids.has(blobId)) kinds.set(blobId, kind);
      }
    if (kinds.size === 0) return;
    for await (const { blobId, content } of this.#clone.blobs(kinds.keys())) {
      const kind = kinds.get(blobId);
      if (kind !== undefined) this.#ids.set(blobId, declaredId(content, kind));
      await this.#pause();
    }
  }
}

function declaredId(content: Uint8Array | null, kind: Kind): string | null {
  if (content !== null && kind.format === 'markdown') {
    const plain = plainId(Buffer.from(content).toString('utf8'));
    if (plain !== undefined) return plain;
  }
  const { id } = readEntryBytes(content, kind);
  return id !== null && isEntryId(id) ? id : null;
}
