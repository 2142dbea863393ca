import { askForResync } from '../db/mirror-marks.ts';
import { keyOf } from '../db/mirrors.ts';
import {
  forgetSamples,
  listStoredSamples,
  readStoredSamples,
  renderedBelow,
  storeSamples,
  type ReadTableSample,
} from '../db/table-samples.ts';
import { mirrorStream } from '../model/ids.ts';
import { branchKey, sampleKey } from '../model/object-key.ts';
import type { Table } from '../model/storage.ts';
import type { TableSample } from '../model/table-sample.ts';
import type { ObjectKey, RenderedFile, RenderWarning } from '../model/tree.ts';
import { tableJudge } from '../render/samples/judge-table.ts';
import { sampleFilePaths, sampleFiles } from '../render/samples/sample-files.ts';
import { samplePaths, samplesFolder } from '../render/samples/sample-paths.ts';
import { currentVisibility } from './check-visibility.ts';
import { needsResync } from './read-mirror.ts';
import { dueTables, readTables, type WantedTable } from './read-table-samples.ts';
import type { PartContext, PartOutcome, TreePart } from './tree-part.ts';

/** Tables that are read at most at a time; the rest waits for the next catch-up. */
const readAtMost = { window: 50, 'catch-up': 500, everything: 500 } as const;

const nothing: PartOutcome = {
  files: [],
  removed: [],
  replacedSecrets: [],
  warnings: [],
  keep: () => Promise.resolve(),
};

/**
 * The first rows of tables, where the mirror has them on and its repository is private. Tables that are new,
 * or changed, or asked for in another way are read; all others are written from what is stored. A full
 * render that is no delivery (a verification) reads nothing. A table that cannot be read keeps its
 * sample, and stops nothing else.
 */
export const samplesPart: TreePart = async (context) => {
  const { deps, row, scope, storage, execution, asOf } = context;
  const { db } = deps;
  const key = keyOf(row);
  const stream = mirrorStream(key);
  const policy = row.policy.samples;
  const present = await renderedBelow(db, stream, samplesFolder);
  if (!policy.enabled) return leaveOut(context, present, []);
  if (storage === null) return nothing;

  const judge = tableJudge(storage, policy);
  const wanted = storage.tables.flatMap((table): WantedTable[] => {
    const judged = judge(table);
    return judged.kind === 'sampled' ? [{ table, read: judged.read, masked: judged.masked }] : [];
  });
  const stored = await listStoredSamples(db, stream);
  const mayRead = scope !== 'everything' || needsResync(row);
  const due = mayRead ? dueTables(wanted, storage, stored, policy, asOf) : [];

  // Where nothing is read or written, nobody needs to know; a catch-up asks all the same, and takes samples out.
  const hasRows = (id: string): boolean => stored.get(id)?.hasRows === true;
  if (scope !== 'window' || due.length > 0 || wanted.some(({ table }) => hasRows(table.id))) {
    const { result, reason } = await currentVisibility(deps, row, execution);
    if (result !== 'private') {
      const message = `No sample is written: the repository is ${result === 'public' ? 'public' : 'not known to be private'}. ${reason}`;
      const warnings = [{ owner: branchKey(key.branchId), message }];
      if (scope === 'everything') return leaveOut(context, present, warnings);
      // They leave by a commit of their own, which a full render makes: it must still find them in the rendered state.
      if (present.size > 0) await askForResync(db, key, 'samples');
      return { ...nothing, warnings };
    }
  }

  if (due.length > 0) execution.step('Reading samples of tables');
  const reading = due.slice(0, readAtMost[scope]);
  const { read, failures } = await readTables(context, reading);
  // All is written anyway, so what was read may be kept at once: an outage then reads nothing again.
  if (scope === 'everything' && read.length > 0)
    await db.transaction().execute((trx) => storeSamples(trx, deps.sealer, stream, read));
  const readNow = new Map(read.map((one) => [one.tableId, one]));
  const sampled = wanted.filter(({ table: { id } }) => {
    const now = readNow.get(id);
    return now === undefined ? hasRows(id) : now.sample !== null;
  });
  const { formats } = policy;
  const paths = samplePaths({
    storage,
    tables: sampled.map(({ table }) => table),
    formats,
    present: present.keys(),
  });
  const pathsOf = ({ table }: WantedTable): string[] =>
    sampleFilePaths(paths.get(table.id) ?? '', { formats });
  const expected = new Set(sampled.flatMap(pathsOf));
  const written = sampled.filter(
    (one) =>
      scope === 'everything' ||
      readNow.has(one.table.id) ||
      pathsOf(one).some((path) => !present.has(path)),
  );
  const warnings: RenderWarning[] = [
    ...failures,
    ...withoutPreview(context, wanted, (id) => readNow.get(id)?.sample === null || noPreview(id)),
    ...waiting(context, due.length - reading.length),
  ];
  return {
    files: render(context, written, readNow, paths, warnings),
    removed: entriesOf(present).filter(({ path }) => !expected.has(path)),
    replacedSecrets: [],
    warnings,
    async keep(trx) {
      await storeSamples(trx, deps.sealer, stream, read);
      await forgetSamples(
        trx,
        stream,
        wanted.map(({ table }) => table.id),
      );
    },
  };

  function noPreview(id: string): boolean {
    return !readNow.has(id) && stored.get(id)?.hasRows === false;
  }
};

/** No samples at all: what is there goes, and what is stored is forgotten. */
function leaveOut(
  { row }: PartContext,
  present: ReadonlyMap<string, string>,
  warnings: RenderWarning[],
): PartOutcome {
  const stream = mirrorStream(keyOf(row));
  return {
    ...nothing,
    removed: entriesOf(present),
    warnings,
    keep: (trx) => forgetSamples(trx, stream, []),
  };
}

function entriesOf(present: ReadonlyMap<string, ObjectKey>): PartOutcome['removed'] {
  return [...present].map(([path, owner]) => ({ path, owner }));
}

/** The files of these tables, from what was read now or else from what is stored, some at a time. */
async function* render(
  { deps, row }: PartContext,
  tables: readonly WantedTable[],
  readNow: ReadonlyMap<string, ReadTableSample>,
  paths: ReadonlyMap<string, string>,
  warnings: RenderWarning[],
): AsyncGenerator<RenderedFile> {
  const { projectId, branchId } = keyOf(row);
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

function withoutPreview(
  { row }: PartContext,
  wanted: readonly { table: Table }[],
  isSo: (tableId: string) => boolean,
): RenderWarning[] {
  return wanted
    .filter(({ table }) => isSo(table.id))
    .map(({ table }) => ({
      owner: sampleKey(row.branch_id, table.id),
      message: `${table.id} has no sample: the platform gives no preview of it (too many columns, no rights on it, or a broken view).`,
    }));
}

function waiting({ row }: PartContext, count: number): RenderWarning[] {
  if (count <= 0) return [];
  const message = `The samples of ${count} tables are not read yet: they come with the next catch-ups.`;
  return [{ owner: branchKey(row.branch_id), message }];
}
