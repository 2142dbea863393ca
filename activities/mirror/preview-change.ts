import { findMirror, movesTo, resyncAfter, type Mirror } from '../../db/mirror/mirrors.ts';
import { listRenderedFiles, type RenderedEntry } from '../../db/mirror/rendered-files.ts';
import { listStoredSamples } from '../../db/mirror/table-samples.ts';
import { listUndeliveredChanges } from '../../db/mirror/waiting-changes.ts';
import type {
  ChangedFiles,
  ChangePreview,
  ChangeRequest,
} from '../../model/mirror/change-preview.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { listed } from '../../model/streams/listed.ts';
import type { RepositoryFindings } from '../../model/streams/repository-findings.ts';
import type { Visibility } from '../../model/streams/visibility.ts';
import { checkRepository } from '../streams/check-repository.ts';
import { currentVisibility } from '../streams/check-visibility.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import type { Execution } from '../streams/execution.ts';
import { turnTaker } from '../streams/taking-turns.ts';
import { changesToWhole, type Rendering, type WholeTree } from './deliver/whole-tree.ts';
import { holdsOwn, inheritedFiles, strangeFiles } from './inherited-files.ts';
import { openMirrorRemote, repositoryOf } from './open-mirror.ts';
import { wantedTables } from './parts/part-samples.ts';
import { dueTables } from './parts/read-table-samples.ts';
import { askParts } from './parts/tree-parts.ts';
import { readPlace, type PlaceContents } from './place.ts';
import { expected } from './preview-mirror.ts';
import { openTreeGuards } from './tree-guard.ts';
import { readWholeBranch } from './window/read-window.ts';

type ChangeDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'git' | 'hosts' | 'openSource' | 'platforms' | 'snapshots'
>;

const nothing: Omit<ChangePreview, 'resync' | 'moves' | 'repository'> = {
  commit: null,
  sampledTables: 0,
  adoptionNeeded: null,
  warnings: { count: 0, first: [] },
};

/**
 * Works out what the mirror would do with other settings: renders its whole tree as a resync would, and compares it
 * with what is at the place. Writes to neither. If the source or the repository cannot be read, a warning says so.
 */
export async function previewChange(
  deps: ChangeDependencies,
  request: ChangeRequest,
  { signal }: { signal: AbortSignal },
): Promise<ChangePreview> {
  const before = await findMirror(deps.db, request);
  if (before === null) throw new Error(`${mirrorStream(request)} was removed. Try again.`);
  const resync = resyncAfter(before, request);
  const moves = movesTo(before, request.repository);
  const { url, branch, subdirectory, credentialId } = request.repository;
  const row: Mirror = {
    ...before,
    repositoryUrl: url,
    repositoryBranch: branch,
    subdirectory,
    credentialId,
    policy: request.policy,
    // So that parts read nothing, and store nothing.
    ...{ resyncReason: null, ending: null, initializedAt: before.initializedAt ?? new Date() },
  };
  const isOther = moves || credentialId !== before.credentialId;
  const repository = isOther
    ? await checkRepository(deps, await openMirrorRemote(deps, row), { signal })
    : null;
  const found = { resync, moves, repository };
  if (resync === null) return { ...found, ...nothing };
  try {
    const asked = { row, isFirst: moves || before.initializedAt === null, adopt: request.adopt };
    return { ...found, ...(await renderAndCompare(deps, { ...asked, repository }, signal)) };
  } catch (error) {
    return { ...found, ...nothing, warnings: listed([expected(error).message]) };
  }
}

interface Asked {
  /** The mirror as it would be. */
  row: Mirror;
  /** Whether the next commit would be the first at this place. */
  isFirst: boolean;
  adopt: boolean;
  repository: RepositoryFindings | null;
}

async function renderAndCompare(
  deps: ChangeDependencies,
  { row, isFirst, adopt, repository }: Asked,
  signal: AbortSignal,
): Promise<typeof nothing> {
  const execution: Execution = { signal, step: () => undefined };
  const before = await listRenderedFiles(deps.db, mirrorStream(row));
  const changes = await listUndeliveredChanges(deps.db, row);
  const read = await readWholeBranch(deps, row, changes, execution);
  const asOf = new Date(read.beganAt);
  const visibility = await visibilityOf(deps, row, repository, signal);
  const { platform, source } = read;
  const { storage } = read.view;
  const context = { deps, row, platform, source, execution, changes, storage, asOf, visibility };
  const parts = await askParts({ ...context, scope: 'everything' });
  const due = new Set<string>();
  const { samples } = row.policy;
  if (samples.enabled && storage !== null && visibility?.result === 'private') {
    const stored = await listStoredSamples(deps.db, mirrorStream(row));
    const wanted = wantedTables(storage, samples);
    for (const { table } of dueTables(wanted, storage, stored, samples, asOf)) due.add(table.id);
    // Summaries tell of samples from the commit on that has the first ones.
    if (due.size > 0) parts.shown = { ...parts.shown, samples: true };
  }
  const guards = await openTreeGuards(deps, row);
  const tree: WholeTree = { row, read, parts, newGuard: () => guards(before) };
  const { place, inherited, ours } = await lookAt(deps, tree, isFirst, signal);
  const { present, occupied } = place;
  const rendered = (removable: (path: string) => boolean) =>
    lastOf(
      changesToWhole(tree, {
        ...{ present, removable },
        isSent: () => true,
        onProgress: () => undefined,
      }),
      execution,
    );
  const mayGo = (path: string) => before.has(path) || inherited?.has(path) === true;
  const allOurs = adopt || (before.size === 0 && inherited === null);
  const rendering = await rendered((path) => allOurs || mayGo(path));
  const entries = new Map(rendering.entries.map((entry) => [entry.path, entry]));
  const strange = ours ? [] : strangeFiles(present, entries, inherited);
  // What a person would have to allow is in the way, so it is counted as gone.
  const inTheWay = strange.length + occupied.length;
  const counted = inTheWay > 0 && !adopt ? await rendered(() => true) : rendering;
  return {
    commit: filesOf(counted, { ...place, before, isDue: ofTables(row.branchId, due) }),
    sampledTables: due.size,
    adoptionNeeded: inTheWay > 0,
    warnings: listed(parts.warnings.map(({ message }) => message)),
  };
}

/** Who may read the repository; `null` if the samples are off and nobody needs to know. */
async function visibilityOf(
  deps: ChangeDependencies,
  row: Mirror,
  found: RepositoryFindings | null,
  signal: AbortSignal,
): Promise<Visibility | null> {
  if (!row.policy.samples.enabled) return null;
  if (found !== null) return { result: found.visibility, reason: found.visibilityReason };
  return currentVisibility(deps, repositoryOf(row), { signal });
}

async function lookAt(
  deps: ChangeDependencies,
  { row, read: { platform } }: WholeTree,
  isFirst: boolean,
  signal: AbortSignal,
) {
  const stream = mirrorStream(row);
  return deps.git.withTip(
    await openMirrorRemote(deps, row),
    async (tip) => ({
      place: await readPlace(tip, row.subdirectory, platform),
      inherited: isFirst ? await inheritedFiles(deps, row, tip) : null,
      ours: !isFirst && (await holdsOwn(deps.db, tip, stream)),
    }),
    { signal },
  );
}

/** What a generator returns at its end, taking turns with the other work of the process. */
async function lastOf<Returned>(
  items: Generator<unknown, Returned>,
  execution: Execution,
): Promise<Returned> {
  const pause = turnTaker(execution);
  let next = items.next();
  for (; next.done !== true; next = items.next()) await pause();
  return next.value;
}

function ofTables(branchId: string, tables: ReadonlySet<string>): (owner: string) => boolean {
  const owners = new Set([...tables].map((id) => `sample/${branchId}/${id}`));
  return (owner) => owners.has(owner);
}

function filesOf(
  { entries, written, removed }: Rendering,
  {
    present,
    above,
    before,
    isDue,
  }: PlaceContents & {
    before: ReadonlyMap<string, RenderedEntry>;
    isDue: (owner: string) => boolean;
  },
): ChangedFiles {
  const known = written.filter(({ owner }) => !isDue(owner)).map(({ path }) => path);
  const ofKind = (kind: string) =>
    removed.filter((path) => before.get(path)?.owner.startsWith(kind) === true).length;
  return {
    adds: listed(known.filter((path) => !present.has(path)).sort()),
    replaces: listed([...above, ...known.filter((path) => present.has(path)).sort()]),
    removes: listed(removed.sort()),
    removedRuns: ofKind('job/'),
    removedSamples: ofKind('sample/'),
    unchanged: entries.length - written.length,
  };
}
