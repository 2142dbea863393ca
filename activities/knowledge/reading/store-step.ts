import type { Db, Trx } from '../../../db/connect.ts';
import type { Entry } from '../../../db/knowledge/entries.ts';
import {
  moveNewEntry,
  listEntriesAbout,
  listWaitingSaves,
  removeEntries,
  putEntries,
} from '../../../db/knowledge/entry-writes.ts';
import { listNewEntriesAt } from '../../../db/knowledge/entry-paths.ts';
import type { Save } from '../../../db/knowledge/saves.ts';
import type { LastChange } from '../../../db/knowledge/history/space-commits.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import { replaceFindings } from '../../../db/streams/secret-findings.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { SecretFinding } from '../../../model/text/secrets-in-text.ts';
import type { TextGuard } from '../../../secrets/text-guard.ts';
import { decideEntry, type EntryDecision } from './decide-entry.ts';
import { firstFreePath } from './first-free-path.ts';
import type { ContentOf, EntryContents } from './entry-contents.ts';
import type { EntryChange } from './match-files.ts';
import { withKeptKind } from './kept-kind.ts';
import type { OwnCommits } from './own-commits.ts';
import type { RebaseMemo } from './rebase-memo.ts';
import type { RebaseInput } from './rebase-saves.ts';
import { storeSaves } from './store-saves.ts';
import { gitSideOf, kindNamed, type GitSide } from './written-entry.ts';

/** What all steps of a reading share. */
export interface StepContext {
  spaceId: string;
  root: string;
  kinds: readonly Kind[];
  own: OwnCommits;
  /** For each entry, the last commit of this reading that changed it. */
  lastChanges: ReadonlyMap<string, LastChange>;
  /** The keys (`pathKey`) of all files that this reading brings. */
  fileKeys: ReadonlySet<string>;
  contents: EntryContents;
  /** The texts that the commits of this reading left of entries with waiting saves, oldest first. */
  passed: ReadonlyMap<string, readonly string[]>;
  /** Reports secrets in texts that came from Git. */
  guard: TextGuard;
  memo: RebaseMemo;
  mergeTexts: RebaseInput<Save>['mergeTexts'];
}

/** The entries that one transaction takes over. */
export interface ReadingStep {
  changes: readonly (EntryChange & { git: GitSide })[];
  /** The secrets in their texts. */
  secrets: readonly SecretFinding[];
  /** Entries that are unchanged in Git, but have saves in our own commits. */
  savedOnly: readonly string[];
}

/** The changes of a step before it is prepared. */
export interface PlannedStep {
  changes: readonly EntryChange[];
  /** The contents of their files. */
  contentOf: ContentOf;
}

/** Decides a step in advance, which may take long, and is done without any lock. */
export async function prepareStep(
  db: Db,
  context: StepContext,
  { changes, contentOf }: PlannedStep,
  savedOnly: ReadingStep['savedOnly'],
): Promise<ReadingStep> {
  const read = changes.map((change) => ({ ...change, git: gitSide(change, contentOf) }));
  const step = { changes: read, secrets: secretsIn(context.guard, read), savedOnly };
  await mergeAhead(db, context, step);
  return step;
}

/** What is in Git is only reported: it was pushed already, and what people wrote is not changed behind their backs. */
function secretsIn(guard: TextGuard, changes: ReadingStep['changes']): SecretFinding[] {
  return changes.flatMap(({ path, git }) =>
    guard
      .look(path, git?.content.text ?? '')
      .findings.map((finding) => ({ ...finding, masked: false })),
  );
}

function gitSide({ file }: EntryChange, contentOf: ContentOf): GitSide {
  if (file === null) return null;
  const { path, kind, blobId } = file;
  return { path, kind, blobId, content: contentOf(file) };
}

/**
 * Stores a step, in the transaction that holds the space's lock. Returns how many seconds ago each save was accepted that
 * is delivered now.
 */
export async function storeStep(
  trx: Trx,
  context: StepContext,
  step: ReadingStep,
): Promise<number[]> {
  const { spaceId } = context;
  const rows = await readRows(trx, spaceId, step);
  await makeRoom(trx, context, step.changes, rows);
  const decisions = await decideStep(trx, context, step, rows);
  await removeEntries(
    trx,
    spaceId,
    decisions.flatMap(({ id, entry }) => (entry === null ? [id] : [])),
  );
  const waited = await storeSaves(trx, spaceId, decisions);
  await putEntries(
    trx,
    spaceId,
    decisions.flatMap(({ entry }) => entry ?? []),
  );
  const paths = step.changes.flatMap(({ path, before }) => [path, before ?? path]);
  await replaceFindings(trx, spaceStream(spaceId), [...new Set(paths)], step.secrets);
  await recordSyncLog(
    trx,
    spaceId,
    decisions.flatMap(({ notes }) => notes),
  );
  return waited;
}

/** Decides a step, so that the merges are done by the time it is stored. */
async function mergeAhead(db: Db, context: StepContext, step: ReadingStep): Promise<void> {
  const saves = await listWaitingSaves(db, context.spaceId, idsOf(step));
  if (saves.length > 0)
    await decideStep(db, context, step, await readRows(db, context.spaceId, step));
}

function idsOf({ changes, savedOnly }: ReadingStep): string[] {
  return [...changes.map(({ id }) => id), ...savedOnly];
}

/** The entries of a step, and those whose file it gives to another entry. */
function readRows(db: Db, spaceId: string, step: ReadingStep): Promise<Entry[]> {
  const paths = step.changes.map(({ path }) => path);
  return listEntriesAbout(db, spaceId, { paths, ids: idsOf(step) });
}

/** Gives a waiting new entry another path if its path, however spelled, has come from Git with another entry. */
async function makeRoom(
  trx: Trx,
  { spaceId, fileKeys }: StepContext,
  changes: ReadingStep['changes'],
  rows: readonly Entry[],
): Promise<void> {
  const brought = changes.filter(({ git }) => git !== null);
  const own = new Set(brought.map(({ id }) => id));
  const known = new Map(rows.map((row) => [row.id, row]));
  const paths = brought.map(({ path }) => path);
  for (const { id, path } of await listNewEntriesAt(trx, spaceId, paths)) {
    if (own.has(id)) continue;
    const free = await firstFreePath(trx, spaceId, path, fileKeys);
    await moveNewEntry(trx, spaceId, id, free);
    const row = known.get(id);
    if (row !== undefined) row.path = free;
  }
}

async function decideStep(
  db: Db,
  { spaceId, root, kinds, own, lastChanges, passed, memo, mergeTexts }: StepContext,
  step: ReadingStep,
  entries: readonly Entry[],
): Promise<EntryDecision[]> {
  const rows = new Map(entries.map((entry) => [entry.id, entry]));
  const changeOf = new Map(step.changes.map((change) => [change.id, change]));
  const ids = idsOf(step);
  const saves = groupByEntry(await listWaitingSaves(db, spaceId, ids));
  const decisions: EntryDecision[] = [];
  for (const id of ids) {
    const row = rows.get(id) ?? null;
    const change = changeOf.get(id);
    const known = row?.gitBlob == null ? null : gitSideOf(row, kinds);
    const git = change === undefined ? known : change.git;
    const kind = git?.kind ?? kindNamed(row?.kind ?? '', kinds);
    const last = lastChanges.get(id) ?? null;
    const facts = {
      ...{ id, row, git, kind, last, own },
      saves: saves.get(id) ?? [],
      passed: passed.get(id) ?? [],
    };
    const decision = await decideEntry(facts, memo, mergeTexts);
    const entry = decision.entry && withKeptKind(decision.entry, kind, root);
    decisions.push({ ...decision, entry });
  }
  return decisions;
}

function groupByEntry(saves: readonly Save[]): Map<string, Save[]> {
  const groups = new Map<string, Save[]>();
  for (const save of saves) {
    const group = groups.get(save.entryId);
    if (group === undefined) groups.set(save.entryId, [save]);
    else group.push(save);
  }
  return groups;
}
