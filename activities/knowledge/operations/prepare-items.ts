import { listEntriesAbout } from '../../../db/knowledge/entry-writes.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { readFingerprintKey } from '../../../db/streams/installation.ts';
import { findPathOwners, listTakenBeside } from '../../../db/knowledge/entry-paths.ts';
import type { OperationItem } from '../../../db/knowledge/operation-items.ts';
import { FreePaths } from '../../../knowledge/entries/free-path.ts';
import { BadItem } from '../../../knowledge/import/import-entry.ts';
import { checkedMove } from '../../../knowledge/environments/required-checks.ts';
import { neededFor, whoAsks } from '../../../knowledge/review/needed-for.ts';
import { pathClash } from '../../../model/knowledge/path-clash.ts';
import { ancestorsOf } from '../../../model/text/ancestors.ts';
import { pathKey } from '../../../model/text/path-key.ts';
import { guardSettings } from '../../../model/text/secrets-in-text.ts';
import { TextGuard } from '../../../secrets/text-guard.ts';
import { turnTaker } from '../../streams/taking-turns.ts';
import { eachStep, type ItemStep } from './item-steps.ts';
import type { OperationRun } from './operation-run.ts';
import { refusedKinds } from './refused-kinds.ts';
import { compareItem, readItem, type ImportTarget, type WantedSave } from './read-item.ts';
import type { FilesAtTip } from './files-at-tip.ts';

/** An item that is done, or the save that it becomes. */
export type PreparedItem = ItemStep<WantedSave>;

/** What a portion is prepared with. */
export interface Preparation extends ImportTarget {
  /** The earlier item of each entry, by entry id: only one item may be about an entry. */
  itemsOf: ReadonlyMap<string, string>;
  filesAtTip: FilesAtTip;
}

/**
 * Finds out what becomes of a portion of items, without any lock and with a fixed number of queries: everything that
 * takes long is done by the time the space is locked. A bad item gets an outcome that says so, and stops nothing else.
 */
export async function prepareItems(
  run: OperationRun,
  into: Preparation,
  items: readonly OperationItem[],
): Promise<PreparedItem[]> {
  const { db } = run.deps;
  const { space, row } = into;
  const pause = turnTaker(run.execution);
  const itemsOf = new Map(into.itemsOf);
  const begun = items.map((item) => ({ item, entryId: null, done: null, known: item }) as const);
  const read = (await eachStep(begun, (item) => readItem(into, item), pause)).map((step) =>
    step.done === null ? { ...step, entryId: step.known.entry.id } : step,
  );
  const ids = read.flatMap(({ entryId }) => entryId ?? []);
  const about = await listEntriesAbout(db, space.id, { paths: [], ids });
  const entries = new Map(about.map((entry) => [entry.id, entry]));
  const compared = await eachStep(
    read,
    (subject, { name }) => {
      const { id } = subject.entry;
      const other = itemsOf.get(id);
      if (other !== undefined)
        throw new BadItem(
          `It is the same entry (${id}) as ${other}: give one of them a different id.`,
        );
      const save = compareItem(into, subject, entries.get(id) ?? null);
      itemsOf.set(id, name);
      return save;
    },
    pause,
  );
  const free = await placeItems(run, into, await keepPrivate(run, into, compared, pause), pause);
  const guard = await guardOf(run, space);
  const placed = await eachStep(
    free,
    (save) => {
      refuseSecrets(guard, save, entries.get(save.entryId)?.headText ?? null);
      requireNoReview(into, save, entries.get(save.entryId)?.headText ?? null);
      return save;
    },
    pause,
  );
  if (!row.dryRun) return placed;
  return eachStep<WantedSave, WantedSave>(
    placed,
    ({ base }) => (base === null ? 'would_create' : 'would_change'),
    pause,
  );
}

/** Refuses saves of kinds that must not go to this repository. */
async function keepPrivate(
  run: OperationRun,
  { space }: Preparation,
  items: readonly PreparedItem[],
  pause: () => Promise<void>,
): Promise<PreparedItem[]> {
  const kinds = items.flatMap((step) => (step.done === null ? [step.known.kind.name] : []));
  const refusals = await refusedKinds(run, space, kinds);
  return eachStep(
    items,
    (save) => {
      const refusal = refusals.get(save.kind.name);
      if (refusal !== undefined) throw new BadItem(refusal);
      return save;
    },
    pause,
  );
}

/**
 * An import is no way around a review, or around checks. Who imports is known by name; a rule for authors with a role is taken to be about
 * them. Throws `BadItem`.
 */
function requireNoReview(
  { row, space }: ImportTarget,
  { entryId, kind, path, base, result }: WantedSave,
  baseText: string | null,
): void {
  const file = {
    ...{ kind: kind.name, path, action: base === null ? ('create' as const) : ('edit' as const) },
    ...{ moveTo: null, baseText, text: result.text },
  };
  if (checkedMove(kind, { before: baseText, after: result.text }) !== null)
    throw new BadItem(
      `${entryId} requires checks: promote it, which says what has not passed them.`,
    );
  const needs = neededFor(space, [file], [{ email: row.person.email, role: null }]);
  if (needs !== null)
    throw new BadItem(
      `Others have to approve a change of ${entryId}: ${whoAsks(needs)}. Save it by itself: it becomes a review.`,
    );
}

async function guardOf(
  { deps: { db, sealer } }: OperationRun,
  { rules }: Space,
): Promise<TextGuard> {
  return new TextGuard(guardSettings(rules), await readFingerprintKey(db, sealer));
}

/** Refuses what brings a secret into a text, unless the space allows it or the entry has it already. Throws `BadItem`. */
function refuseSecrets(
  guard: TextGuard,
  { path, result }: WantedSave,
  before: string | null,
): void {
  const [first] = guard.newIn(path, result.text, before);
  if (first !== undefined)
    throw new BadItem(
      `Line ${first.line} has what looks like a secret (${first.rule}). Remove it, or allow the fingerprint ${first.fingerprint} in the space's rules.`,
    );
}

/** Gives each new entry a path that is free, or refuses it if it must have one that is not. */
async function placeItems(
  { deps: { db } }: OperationRun,
  { space, filesAtTip }: Preparation,
  items: readonly PreparedItem[],
  pause: () => Promise<void>,
): Promise<PreparedItem[]> {
  const saves = items.flatMap((step) => (step.done === null ? [step.known] : []));
  const fixed = saves.filter(({ isFixed, base }) => isFixed && base === null);
  const loose = saves.filter(({ isFixed }) => !isFixed).map(({ path }) => path);
  const owners = await findPathOwners(db, space.id, fixed);
  const free = new FreePaths(await listTakenBeside(db, space.id, loose));
  const folders = new Set(fixed.flatMap(({ path }) => ancestorsOf(path)));
  const files = await filesAtTip(space, [...folders]);
  return eachStep(
    items,
    (save) => {
      if (!save.isFixed) return { ...save, path: free.take(save.path) };
      if (save.base !== null) return save;
      const owner = owners.get(save.path);
      if (owner !== undefined) throw new BadItem(takenPath(save.path, owner));
      const file = ancestorsOf(save.path).find((folder) => files.has(folder));
      if (file !== undefined)
        throw new BadItem(
          `${save.path} cannot be a file, because ${file} is not a folder but a file in the repository.`,
        );
      return save;
    },
    pause,
  );
}

/** Says why an item cannot have its path, and what to do. */
export function takenPath(path: string, owner: { by: string; path: string }): string {
  const advice =
    pathKey(owner.path) === pathKey(path)
      ? 'give the item that id, or another name'
      : 'give the item another name';
  return `${pathClash(path, owner)}: ${advice}.`;
}
