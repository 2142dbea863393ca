import type { Db, Trx } from '../../../db/connect.ts';
import { analyzeEntries, removeGhosts } from '../../../db/knowledge/entry-writes.ts';
import { endEmptyBatches, markSaveBatchesDelivered } from '../../../db/knowledge/save-batches.ts';
import { flagConflicted } from '../../../db/knowledge/conflicts.ts';
import { markReturned } from '../../../db/knowledge/lost-saves.ts';
import { noteLastChanges, type LastChange } from '../../../db/knowledge/history/space-commits.ts';
import { noteTaken } from '../../../db/knowledge/history/space-histories.ts';
import {
  lockSpaceAt,
  notePartlyRead,
  noteStep,
  noteSynced,
  type SpaceReading,
} from '../../../db/knowledge/space-marks.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { readAhead } from '../../../git/clones/read-ahead.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { EntryChange } from './match-files.ts';
import { offerLost } from './offer-lost.ts';
import { cutIntoSteps, isWithin, type StepSize } from './reading-steps.ts';
import { prepareStep, storeStep, type PlannedStep, type StepContext } from './store-step.ts';

/** A reading of the branch, prepared without any lock. */
export interface PreparedReading {
  /** The space when the reading was prepared: it is taken over only if the space has not changed since. */
  row: Space;
  space: SpaceReading;
  /** Whether unchanged files were read too, with other rules. */
  everything: boolean;
  /** Commits in which saves were delivered and which the branch no longer has. */
  lostCommits: readonly string[];
  changes: readonly EntryChange[];
  savedOnly: readonly string[];
  /** The last change of entries that commits touched, but that are as they were. */
  touchedOnly: ReadonlyMap<string, LastChange>;
  /** The position in the history that the entries have after this reading. */
  position: number;
  context: StepContext;
  /** A pause between steps. */
  pause: () => Promise<void>;
}

/** For a reading with more steps than this, refreshing the database's statistics is worth it. */
const MANY_STEPS = 20;
/** The size up to which one transaction takes over the whole reading, as for an ordinary push: about 50 ms. */
const wholeSize: StepSize = { entries: 100, text: 300_000 };
/** The size of one step of a larger reading: small, because whoever saves in the meantime waits for each of them. */
const stepSize: StepSize = { entries: 25, text: 75_000 };
/** What is read from Git at once, for many steps: a question to git takes about as long as storing a step. */
const portionSize: StepSize = { entries: 1_000, text: 3 * 1024 * 1024 };
/** The most that is taken over together: entries that exchanged their files cannot be taken over one by one. */
const largestStep: StepSize = { entries: Infinity, text: 64 * 1024 * 1024 };

/** What {@link takeOver} needs; saves that are delivered are counted. */
type TakeOverDeps = Pick<ActivityDependencies, 'db' | 'meter'>;

/**
 * Takes a prepared reading over into the database: in one transaction if it is no larger than an ordinary push, or else
 * in several short ones that take turns with people's saves. If it is lost between two of them, the next reading
 * continues by comparing all files; a reading of everything starts over. Throws `ChangedMeanwhile` if the space has
 * changed since it was read, or if another worker is taking over a reading.
 */
export async function takeOver(
  { db, meter }: TakeOverDeps,
  reading: PreparedReading,
): Promise<void> {
  const { context, changes: all, pause } = reading;
  const portions = isWithin(all, wholeSize)
    ? [[all]]
    : cutIntoSteps(all, portionSize).map((portion) => cutIntoSteps(portion, stepSize));
  const steps = portions.flat();
  for (const step of steps) if (!isWithin(step, largestStep)) throw tooMuchAtOnce();
  let seen = steps.length > 1 ? await begin(db, reading) : reading.row;
  for await (const step of withContents(context, portions)) {
    if (step.changes === steps.at(-1)) {
      meter.saved(await finish(db, seen, reading, step));
      return;
    }
    await pause();
    meter.saved(await takeStep(db, seen, context, step));
    seen = { ...seen, generation: seen.generation + 1 };
    // The query planner would still read the whole table, as if it were as small as before.
    if (step.changes === steps[0] && steps.length > MANY_STEPS) await analyzeEntries(db);
  }
}

/** The steps of all portions; the contents of a portion are read while the steps of the one before are stored. */
async function* withContents(
  { contents }: StepContext,
  portions: readonly (readonly (readonly EntryChange[])[])[],
): AsyncGenerator<PlannedStep, void> {
  async function* read() {
    for (const portion of portions) {
      const contentOf = await contents.read(portion.flat().flatMap(({ file }) => file ?? []));
      yield portion.map((changes) => ({ changes, contentOf }));
    }
  }
  for await (const steps of readAhead(read(), 1)) yield* steps;
}

/** Takes over the last step, with which the reading is complete. */
async function finish(
  db: Db,
  seen: Space,
  reading: PreparedReading,
  planned: PlannedStep,
): Promise<number[]> {
  const { context, space, savedOnly, touchedOnly, position } = reading;
  const step = await prepareStep(db, context, planned, savedOnly);
  return inLock(db, seen, async (trx) => {
    // A reading in several steps has done that at its beginning.
    if (seen === reading.row) await offerLost(trx, seen.id, reading);
    const waited = await storeStep(trx, context, step);
    await noteLastChanges(trx, seen.id, touchedOnly);
    await markSaveBatchesDelivered(trx, seen.id, context.own.commitOf);
    await markReturned(trx, seen.id, [...context.own.shas]);
    await flagConflicted(trx, seen.id);
    await noteSynced(trx, seen, space);
    await noteTaken(trx, seen.id, position);
    await endEmptyBatches(trx, seen.id);
    await removeGhosts(trx, seen.id);
    return waited;
  });
}

/** Notes that the entries will be from two different commits for a while. */
async function begin(db: Db, reading: PreparedReading): Promise<Space> {
  const { row, space, everything } = reading;
  await inLock(db, row, async (trx) => {
    await offerLost(trx, row.id, reading);
    await notePartlyRead(trx, row, { ...space, everything });
  });
  return {
    ...row,
    generation: row.generation + 1,
    rereadWanted: row.rereadWanted || everything,
    deliveredSha: space.deliveredSha,
  };
}

async function takeStep(
  db: Db,
  seen: Space,
  context: StepContext,
  planned: PlannedStep,
): Promise<number[]> {
  const step = await prepareStep(db, context, planned, []);
  return inLock(db, seen, async (trx) => {
    const waited = await storeStep(trx, context, step);
    await noteStep(trx, seen.id);
    return waited;
  });
}

function tooMuchAtOnce(): StreamFailure {
  return new StreamFailure(
    'too_much_text',
    `Files exchanged their paths or ids with each other, and have more than ${largestStep.text / 1024 ** 2} MiB together. ` +
      'Restore them, and exchange fewer with each push.',
  );
}

async function inLock<T>(db: Db, seen: Space, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await lockSpaceAt(trx, seen);
    return work(trx);
  });
}
