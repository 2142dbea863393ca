import { wantResync } from '../../../db/mirror/mirror-marks.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import {
  forgetSamples,
  listStoredSamples,
  readStoredSamples,
  listRenderedBelow,
  putSamples,
  type ReadTableSample,
  type StoredSample,
} from '../../../db/mirror/table-samples.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { sampleKey, samplesKey } from '../../../model/platform/object-key.ts';
import type { SamplesPolicy } from '../../../model/mirror/samples.ts';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import type { TableSample } from '../../../model/platform/table-sample.ts';
import type { ObjectKey, RenderedFile, RenderWarning } from '../../../model/platform/tree.ts';
import { tableJudge } from '../../../platforms/samples/judge-table.ts';
import { sampleFilePaths, sampleFiles } from '../../../platforms/samples/sample-files.ts';
import { samplePaths, samplesFolder } from '../../../platforms/samples/sample-paths.ts';
import { repositoryOf } from '../open-mirror.ts';
import { visibilityInTurn } from '../../streams/check-visibility.ts';
import { needsResync } from '../read-mirror.ts';
import { dueTables, readTables, type WantedTable } from './read-table-samples.ts';
import type { PartContext, PartOutcome, TreePart } from './tree-part.ts';

/** The most tables that are read at a time; the rest wait for the next catch-up. */
const readAtMost = { window: 50, 'catch-up': 500, everything: 500 } as const;

const nothing: PartOutcome = {
  files: [],
  removed: [],
  replacedSecrets: [],
  warnings: [],
  tells: () => false,
  keep: () => Promise.resolve(),
};

/** Whether an object is the sample of a table, or stands for all samples. */
const isSample = (owner: ObjectKey): boolean => owner.startsWith('sample/');

/**
 * The first rows of tables, if the mirror's samples are on and its repository is private. Tables that are new
 * or changed, or whose settings changed, are read; all others are written from what is stored. A full render
 * that is not a delivery (a verification) reads nothing. A table that cannot be read keeps its sample, and does
 * not stop anything else. Warnings are complete after iterating over `files`.
 */
export const samplesPart: TreePart = async (context) => {
  const { deps, row, scope, storage, asOf } = context;
  const { db } = deps;
  const key = mirrorKey(row);
  const stream = mirrorStream(key);
  const policy = row.policy.samples;
  const present = await listRenderedBelow(db, stream, samplesFolder);
  if (!policy.enabled) return leaveOut(context, present, []);
  if (storage === null) return nothing;

  const wanted = wantedTables(storage, policy);
  const stored = await listStoredSamples(db, stream);
  const mayRead = scope !== 'everything' || needsResync(row);
  const due = mayRead ? dueTables(wanted, storage, stored, policy, asOf) : [];
  // A window that has no samples and reads none does not need to ask; a catch-up always asks.
  if (scope !== 'window' || due.length > 0 || present.size > 0) {
    const warnings = await whyNot(context);
    if (warnings !== null) {
      if (scope === 'everything') return leaveOut(context, present, warnings);
      // A resync removes them, so it must still find them in the rendered state.
      if (present.size > 0) await wantResync(db, key, 'samples');
      return { ...nothing, warnings, tells: isSample };
    }
  }

  const reading = due.slice(0, readAtMost[scope]);
  const { read, failures } = await readTables(context, reading);
  // Everything is written anyway, so what was read can be stored at once, and is not read again after an outage.
  if (scope === 'everything' && read.length > 0)
    await db.transaction().execute((trx) => putSamples(trx, deps.sealer, stream, read));
  const warnings = [...failures, ...waiting(context, due.length - reading.length)];
  return write(context, { storage, present, stored, wanted, read, warnings });
};

/** What the files of samples are made from. */
interface ReadSamples {
  storage: ProjectStorage;
  /** The files that exist: path → owner. */
  present: ReadonlyMap<string, ObjectKey>;
  stored: ReadonlyMap<string, StoredSample>;
  wanted: readonly WantedTable[];
  read: readonly ReadTableSample[];
  warnings: RenderWarning[];
}

/** Writes what was just read and what is not where it belongs; in a full render, everything. */
function write(context: PartContext, gathered: ReadSamples): PartOutcome {
  const { deps, row, scope } = context;
  const { storage, present, stored, wanted, read, warnings } = gathered;
  const { formats } = row.policy.samples;
  const stream = mirrorStream(mirrorKey(row));
  const readNow = new Map(read.map((one) => [one.tableId, one]));
  const hasRows = ({ table: { id } }: WantedTable): boolean | undefined => {
    const now = readNow.get(id);
    return now === undefined ? stored.get(id)?.hasRows : now.sample !== null;
  };
  const sampled = wanted.filter((one) => hasRows(one) === true);
  const tables = sampled.map(({ table }) => table);
  const paths = samplePaths({ storage, tables, formats, present: present.keys() });
  const pathsOf = ({ table }: WantedTable): string[] =>
    sampleFilePaths(paths.get(table.id) ?? '', { formats });
  const expected = new Set(sampled.flatMap(pathsOf));
  const written = sampled.filter(
    (one) =>
      scope === 'everything' ||
      readNow.has(one.table.id) ||
      pathsOf(one).some((path) => !present.has(path)),
  );
  const looked = new Set(written);
  // Warnings about a sample that does not change are kept too.
  const stays = new Set(
    wanted
      .filter((one) => hasRows(one) !== false && !looked.has(one))
      .map(({ table }) => sampleKey(row.branchId, table.id)),
  );
  warnings.push(...wanted.filter((one) => hasRows(one) === false).map(withoutPreview(row)));
  return {
    files: render(context, written, readNow, paths, warnings),
    removed: entriesOf(present).filter(({ path }) => !expected.has(path)),
    replacedSecrets: [],
    warnings,
    tells: (owner) => isSample(owner) && !stays.has(owner),
    shown: { samples: sampled.length > 0 },
    async keep(trx) {
      const ids = wanted.map(({ table }) => table.id);
      await putSamples(trx, deps.sealer, stream, read);
      await forgetSamples(trx, stream, ids);
    },
  };
}

/** The tables that the policy does not leave out. */
export function wantedTables(storage: ProjectStorage, policy: SamplesPolicy): WantedTable[] {
  const judge = tableJudge(storage, policy);
  return storage.tables.flatMap((table) => {
    const judged = judge(table);
    return judged.kind === 'sampled' ? [{ table, read: judged.read, masked: judged.masked }] : [];
  });
}

/** Why samples may not be written; `null` if they may, because the repository is private. */
async function whyNot(context: PartContext): Promise<RenderWarning[] | null> {
  const { deps, row, execution } = context;
  const visibility =
    context.visibility ?? (await visibilityInTurn(deps, repositoryOf(row), execution));
  if (visibility.result === 'private') return null;
  const how = visibility.result === 'public' ? 'public' : 'not known to be private';
  const message = `No samples are written: the repository is ${how}. ${visibility.reason}`;
  return [{ owner: samplesKey(row.branchId), message }];
}

/** No samples at all: existing files are removed, and stored samples are deleted. */
function leaveOut(
  { row }: PartContext,
  present: ReadonlyMap<string, ObjectKey>,
  warnings: RenderWarning[],
): PartOutcome {
  const stream = mirrorStream(mirrorKey(row));
  return {
    ...nothing,
    removed: entriesOf(present),
    warnings,
    tells: isSample,
    shown: { samples: false },
    keep: (trx) => forgetSamples(trx, stream, []),
  };
}

function entriesOf(present: ReadonlyMap<string, ObjectKey>): PartOutcome['removed'] {
  return [...present].map(([path, owner]) => ({ path, owner }));
}

/** The files of these tables, from what was just read or else from what is stored, some at a time. */
async function* render(
  { deps, row }: PartContext,
  tables: readonly WantedTable[],
  readNow: ReadonlyMap<string, ReadTableSample>,
  paths: ReadonlyMap<string, string>,
  warnings: RenderWarning[],
): AsyncGenerator<RenderedFile> {
  const { projectId, branchId } = mirrorKey(row);
  const byId = new Map(tables.map((one) => [one.table.id, one]));
  const old = [...byId.keys()].filter((id) => !readNow.has(id));
  for (const { sample } of readNow.values()) if (sample !== null) yield* filesOf(sample);
  const stream = mirrorStream({ projectId, branchId });
  for await (const sample of readStoredSamples(deps.db, deps.sealer, stream, old))
    yield* filesOf(sample);

  function* filesOf(sample: TableSample): Generator<RenderedFile> {
    const wanted = byId.get(sample.tableId);
    const path = paths.get(sample.tableId);
    if (wanted === undefined || path === undefined) return;
    const { table, masked } = wanted;
    const made = sampleFiles({ branchId, table, masked, sample, path, policy: row.policy });
    warnings.push(...made.warnings);
    yield* made.files;
  }
}

function withoutPreview({ branchId }: Mirror): (wanted: WantedTable) => RenderWarning {
  return ({ table: { id } }) => ({
    owner: sampleKey(branchId, id),
    message: `${id} has no sample: the platform offers no preview of it (too many columns, missing permissions, or a broken view).`,
  });
}

function waiting({ row }: PartContext, count: number): RenderWarning[] {
  if (count <= 0) return [];
  const message = `The samples of ${count} tables have not been read yet: they will come with the next catch-ups.`;
  return [{ owner: samplesKey(row.branchId), message }];
}
