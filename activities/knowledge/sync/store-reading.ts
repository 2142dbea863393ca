import { sql } from 'kysely';
import type { Trx } from '../../../db/connect.ts';
import { markBatchDelivered } from '../../../db/streams/batches.ts';
import { insertConflict } from '../../../db/knowledge/conflicts.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import {
  moveNewEntry,
  readEntriesAbout,
  readWaitingSaves,
  removeEntries,
  removeGhosts,
  writeEntries,
  type WrittenEntry,
} from '../../../db/knowledge/entry-writes.ts';
import { endEmptyBatches } from '../../../db/knowledge/save-batches.ts';
import { markSaves, markSavesOfBatch, viaOfBatches } from '../../../db/knowledge/save-marks.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import { lockSpaceAt, noteSynced } from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { writeSyncLog, type SyncLogNote } from '../../../db/knowledge/sync-logs.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { VersionLine, type ChangedEntry } from '../../../knowledge/entries/version-line.ts';
import { samePerson, type Person } from '../../../model/streams/author.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { firstFreePath } from './first-free-path.ts';
import { indexCommits, type IndexedLine } from './index-commits.ts';
import type { BranchReading } from './read-branch.ts';
import { leaveSaves, rebaseSaves } from './rebase-saves.ts';
import { unread, usableId, writtenEntry, type GitSide } from './written-entry.ts';

/** Milliseconds; the database ends transactions that are silent for a minute. */
const PING_EVERY = 15_000;

/** What {@link storeReading} needs. */
export interface StoreReadingInput {
  row: Space;
  clone: Clone;
  reading: BranchReading;
  /** A pause between items. */
  pause: () => Promise<void>;
}

/**
 * Takes what was read of the branch into the database, all of it or nothing: the index of versions, which saves our
 * own commits delivered, the entries, and what waits of them laid over what Git has now. Answers how many entries
 * changed. Throws `SpaceChangedMeanwhile` where the database is not any more where the reading began.
 */
export async function storeReading(
  deps: ActivityDependencies,
  input: StoreReadingInput,
): Promise<number> {
  const { row, clone, reading, pause } = input;
  return deps.db.transaction().execute(async (trx) => {
    await lockSpaceAt(trx, row);
    // Reading a long line may take longer than a connection may be silent; that it broke, the next statement says.
    const ping = setInterval(
      () => void sql`SELECT 1`.execute(trx).catch(() => undefined),
      PING_EVERY,
    );
    try {
      return await store(trx);
    } finally {
      clearInterval(ping);
    }
  });

  async function store(trx: Trx): Promise<number> {
    const line = await indexCommits(trx, {
      row,
      kinds: kindsOf(reading.ownKinds),
      clone,
      to: reading.sha,
      installationId: deps.installationId,
      viaOfBatches: (batches) => viaOfBatches(trx, row.id, batches),
      pause,
    });
    const store = new ReadingStore({ deps, trx, input, line });
    await store.markOwn();
    const changed = await store.writeChanged();
    await noteSynced(trx, row.id, {
      sha: reading.sha,
      kinds: reading.ownKinds,
      problems: reading.problems,
      ownSha: line.own.at(-1)?.sha ?? null,
    });
    await endEmptyBatches(trx, row.id);
    await removeGhosts(trx, row.id);
    return changed;
  }
}

class ReadingStore {
  readonly #deps: ActivityDependencies;
  readonly #trx: Trx;
  readonly #row: Space;
  readonly #reading: BranchReading;
  readonly #line: IndexedLine;
  readonly #pause: () => Promise<void>;
  readonly #kinds: Kind[];
  /** The newest save of each entry that our own commits delivered: what the next ones were laid over. */
  readonly #delivered = new Map<string, Save>();
  readonly #notes: SyncLogNote[] = [];

  constructor(parts: {
    deps: ActivityDependencies;
    trx: Trx;
    input: StoreReadingInput;
    line: IndexedLine;
  }) {
    this.#deps = parts.deps;
    this.#trx = parts.trx;
    this.#row = parts.input.row;
    this.#reading = parts.input.reading;
    this.#pause = parts.input.pause;
    this.#line = parts.line;
    this.#kinds = kindsOf(this.#reading.ownKinds);
  }

  /** Marks the saves that our own commits hold; they are known by the ids of their batches. */
  async markOwn(): Promise<void> {
    const at = new Date();
    for (const { sha, batches } of this.#line.own)
      for (const batchId of batches) {
        for (const save of await markSavesOfBatch(this.#trx, this.#row.id, { batchId, sha, at })) {
          this.#delivered.set(save.entryId, save);
          this.#notes.push({
            entryId: save.entryId,
            direction: 'to_git',
            outcome: 'committed',
            commitSha: sha,
            actor: save.person.name,
            message: 'Committed.',
          });
        }
        await markBatchDelivered(this.#trx, { batchId, sha, at });
      }
  }

  /** Writes the entries that changed, here or there; answers how many. */
  async writeChanged(): Promise<number> {
    const { found, gone } = this.#reading;
    const files = new Map<string, GitSide>([
      ...gone.map((path) => [path, null] as const),
      ...found.map((file) => [file.path, file] as const),
    ]);
    const declared = found.flatMap(({ content }) => usableId(content) ?? []);
    const about = await this.#rowsAbout([...files.keys()], declared);
    for (const row of this.#promoted(about, files)) files.set(row.path, this.#sideOf(row));

    const changed = new VersionLine(
      about.flatMap(({ gitBlob, path, id }) => (gitBlob === null ? [] : [[path, id] as const])),
    ).step(
      [...files].map(([path, file]) => ({
        path,
        blobId: file?.blobId ?? null,
        declaredId: file === null ? null : usableId(file.content),
      })),
    );
    const rows = new Map(about.map((row) => [row.id, row]));
    await this.#makeRoom(changed, about);
    await this.#write(changed, rows, files);
    await writeSyncLog(this.#trx, this.#row.id, this.#notes);
    return changed.length;
  }

  async #rowsAbout(paths: string[], declared: string[]): Promise<Entry[]> {
    const first = await readEntriesAbout(this.#trx, this.#row.id, {
      paths,
      ids: [...declared, ...this.#delivered.keys()],
    });
    // Who declares an id that one of these holds may get it, should that go.
    const held = first.map(({ id }) => id);
    return readEntriesAbout(this.#trx, this.#row.id, { paths, ids: [...declared, ...held] });
  }

  /** Unchanged files whose id was taken by one that is gone now, or has another id. */
  #promoted(about: readonly Entry[], files: ReadonlyMap<string, GitSide>): Entry[] {
    const moving = new Set(about.filter(({ path }) => files.has(path)).map(({ id }) => id));
    return about.filter(
      ({ id, declaredId, path, gitBlob: blob }) =>
        declaredId !== null &&
        declaredId !== id &&
        blob !== null &&
        moving.has(declaredId) &&
        !files.has(path),
    );
  }

  /** What the database holds of an entry in Git, as if it had just been read. */
  #sideOf(row: Entry): GitSide {
    const kind = this.#kindOf(row.kind);
    const text = row.waiting || row.gitText !== null ? row.gitText : row.headText;
    const content = { ...(text === null ? unread(row) : readEntry(text, kind)), text };
    return { path: row.path, kind, blobId: row.gitBlob ?? '', content };
  }

  /** New entries that wait and whose path came from Git with another entry get another path. */
  async #makeRoom(changed: readonly ChangedEntry[], about: readonly Entry[]): Promise<void> {
    const owners = new Map(
      changed.flatMap(({ path, entryId, blobId }) => (blobId === null ? [] : [[path, entryId]])),
    );
    const taken = new Set(owners.keys());
    for (const row of about) {
      const owner = owners.get(row.path);
      if (row.gitBlob !== null || owner === undefined || owner === row.id) continue;
      row.path = await firstFreePath(this.#trx, this.#row.id, row.path, taken);
      await moveNewEntry(this.#trx, this.#row.id, row.id, row.path);
    }
  }

  async #write(
    changed: readonly ChangedEntry[],
    rows: ReadonlyMap<string, Entry>,
    files: ReadonlyMap<string, GitSide>,
  ): Promise<void> {
    const ids = new Set([...changed.map(({ entryId }) => entryId), ...this.#delivered.keys()]);
    const waiting = groupByEntry(await readWaitingSaves(this.#trx, this.#row.id, [...ids]));
    const changes = new Map(changed.map((change) => [change.entryId, change]));
    const written: WrittenEntry[] = [];
    const removed: string[] = [];
    for (const id of ids) {
      const change = changes.get(id);
      const row = rows.get(id) ?? null;
      const git =
        change === undefined
          ? row?.gitBlob == null
            ? null
            : this.#sideOf(row)
          : change.blobId === null
            ? null
            : (files.get(change.path) ?? null);
      const entry = await this.#settle({ id, row, git, saves: waiting.get(id) ?? [] });
      if (entry === null) removed.push(id);
      else written.push(entry);
      await this.#pause();
    }
    await removeEntries(this.#trx, this.#row.id, removed);
    await writeEntries(this.#trx, this.#row.id, written);
  }

  /** The entry as it is now; `null` where it is nowhere. */
  async #settle({
    id,
    row,
    git,
    saves,
  }: {
    id: string;
    row: Entry | null;
    git: GitSide;
    saves: Save[];
  }): Promise<WrittenEntry | null> {
    const last = this.#line.last.get(id);
    const ours = this.#line.own.some(({ sha }) => sha === last?.sha);
    const kind = git?.kind ?? this.#kindOf(row?.kind ?? '');
    const gitText = git?.content.text ?? null;
    let head = gitText;
    let kept = 0;
    let conflicted = row?.conflicted ?? false;
    if (saves.length > 0) {
      const from = this.#baseOf(id, row);
      const rebase =
        git !== null && gitText === null
          ? leaveSaves(saves, { from, isSame: git.blobId === row?.gitBlob })
          : await rebaseSaves({
              kind,
              from,
              onto: gitText,
              saves,
              mergeTexts: this.#deps.texts.merge,
            });
      head = rebase.head;
      kept = rebase.kept.length;
      await markSaves(this.#trx, rebase);
      if (rebase.clash !== null) {
        conflicted = true;
        await this.#noteClash({
          id,
          kind,
          path: git?.path ?? row?.path ?? '',
          clash: rebase.clash,
        });
      }
      if (!ours && kept > 0 && rebase.clash === null)
        this.#note(id, 'merged', 'Merged with what came from Git.');
    }
    if (!ours && last !== undefined) this.#noteRead(id, git);
    if (git === null && kept === 0 && !conflicted) return null;
    return writtenEntry({ id, row, git, kind, head, kept, conflicted, last: last ?? null });
  }

  /** What the first of the entry's waiting saves was laid over. */
  #baseOf(id: string, row: Entry | null): string | null {
    const delivered = this.#delivered.get(id);
    if (delivered !== undefined) return delivered.currentText;
    if (row === null) return null;
    return row.waiting ? row.gitText : row.headText;
  }

  async #noteClash({
    id,
    kind,
    path,
    clash,
  }: {
    id: string;
    kind: Kind;
    path: string;
    clash: { saves: Save[]; base: string | null; git: string | null; mine: string | null };
  }): Promise<void> {
    const last = this.#line.last.get(id);
    const conflictId = await insertConflict(this.#trx, {
      spaceId: this.#row.id,
      entryId: id,
      kind: kind.name,
      path,
      baseText: clash.base,
      git: {
        text: clash.git,
        commit: last?.sha ?? null,
        author: last?.author ?? null,
        at: last?.at ?? null,
      },
      mine: {
        text: clash.mine,
        authors: distinct(clash.saves.map(({ person }) => person)),
        at: clash.saves.at(-1)?.createdAt ?? new Date(),
      },
    });
    await markSaves(this.#trx, { kept: [], unneeded: [], clash: { ...clash, conflictId } });
    this.#note(
      id,
      'conflict',
      'What was saved here and what came from Git clash: settle the conflict.',
    );
  }

  #noteRead(id: string, git: GitSide): void {
    if (git === null) this.#note(id, 'removed', 'Removed in Git.');
    else if (git.content.problems.length > 0)
      this.#note(
        id,
        'invalid',
        `Read from Git; line ${git.content.problems[0]?.line ?? 1}: ${git.content.problems[0]?.message ?? ''}`,
      );
    else this.#note(id, 'read', 'Read from Git.');
  }

  #note(entryId: string, outcome: SyncLogNote['outcome'], message: string): void {
    const last = this.#line.last.get(entryId);
    this.#notes.push({
      entryId,
      direction: 'from_git',
      outcome,
      commitSha: last?.sha ?? null,
      actor: last?.author ?? null,
      message,
    });
  }

  #kindOf(name: string): Kind {
    const kind = this.#kinds.find((known) => known.name === name) ?? this.#kinds[0];
    if (kind === undefined) throw new Error('A space has no kinds.');
    return kind;
  }
}

function groupByEntry(saves: readonly Save[]): Map<string, Save[]> {
  const groups = new Map<string, Save[]>();
  for (const save of saves) groups.set(save.entryId, [...(groups.get(save.entryId) ?? []), save]);
  return groups;
}

function distinct(persons: readonly Person[]): Person[] {
  return persons.filter(
    (person, index) => persons.findIndex((other) => samePerson(other, person)) === index,
  );
}
