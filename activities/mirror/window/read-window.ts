import { openMirrorSource, type OpenedProject } from '../open-mirror.ts';
import type { ObjectName } from '../../../model/platform/object.ts';
import type { Platform } from '../../../platforms/platform.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { listRenderedFiles, type RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { Reading } from '../../../model/mirror/claim.ts';
import type { WaitingChange } from '../../../model/mirror/events.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { Snapshot } from '../../../model/mirror/snapshot.ts';
import { projectKey } from '../../../model/platform/object-key.ts';
import { storageGroup, type ObjectKey } from '../../../model/platform/tree.ts';
import type { ReadOnce, Source } from '../../../platforms/source.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { noSuchBranch, readAll, readMore, readNamed, type ProjectView } from './read-view.ts';
import {
  renderChanged,
  renderedBefore,
  type RenderedBefore,
  type RenderedView,
} from './render-view.ts';
import { readShownParts } from '../parts/shown-parts.ts';
import type { ShownParts } from '../parts/tree-part.ts';
import { isOfPart } from '../parts/tree-parts.ts';

/** A mirror's project, as read. */
export interface ReadProject {
  projectName: string;
  platform: Platform;
  source: Source;
  snapshot: Snapshot | null;
  /** The state before, which the rendering is based on. */
  before: RenderedBefore;
  view: ProjectView;
  /** The waiting changes that were accepted before the reading began. */
  changes: WaitingChange[];
  /** When the reading began, ISO 8601. */
  beganAt: string;
}

/** A mirror's project, as read, and what was rendered of it. */
export interface ReadWindow extends ReadProject {
  rendered: RenderedView;
}

/** What a mirror's project is read with. */
type ReadingDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'snapshots' | 'openSource' | 'platforms'
>;

/** What the readings of several branches of a project have in common. */
export interface SharedReading {
  opened: OpenedProject;
  once: ReadOnce;
}

/** Reads the whole branch of a mirror. Throws `StreamFailure` with a `source_…` code. */
export async function readWholeBranch(
  deps: ReadingDependencies,
  row: Mirror,
  changes: WaitingChange[],
  execution: Execution,
  shared?: SharedReading,
): Promise<ReadProject> {
  return readWhole(await beginReading(deps, row, changes, shared), row, execution, shared);
}

/**
 * Reads what the changes name (the whole branch for a catch-up, or if less is not enough), and renders what
 * differs from before. Throws `StreamFailure` with a `source_…` code.
 */
export async function readWindow(
  deps: ActivityDependencies,
  row: Mirror,
  { catchUp, changes }: { catchUp: boolean; changes: WaitingChange[] },
  execution: Execution,
): Promise<ReadWindow> {
  const begun = await beginReading(deps, row, changes);
  if (!catchUp) {
    const found = await readLittle(begun, row, execution);
    if (found !== null) return { ...begun, ...found };
  }
  const read = await readWhole(begun, row, execution);
  execution.step('Rendering the project');
  const rendered = renderChanged(mirrorKey(row), read.view, row.policy, read.before);
  if ('missing' in rendered) throw new Error('A complete reading cannot have missing objects.');
  return { ...read, rendered };
}

/** What was read, rendered again if the parts turned out to be different from what was assumed. */
export function renderedWith(
  shown: Partial<ShownParts> | null,
  read: ReadWindow,
  row: Mirror,
): ReadWindow {
  if (isAsShown(shown, read.before.shown)) return read;
  const before = { ...read.before, shown: { ...read.before.shown, ...shown } };
  const options = { withSummaries: true };
  const rendered = renderChanged(mirrorKey(row), read.view, row.policy, before, options);
  if ('missing' in rendered) throw new Error('What was rendered once cannot have missing objects.');
  return { ...read, before, rendered };
}

/** Whether summaries still show of the parts what they did before. Parts report tables only if they differ. */
export function isAsShown(shown: Partial<ShownParts> | null, before: ShownParts): boolean {
  return shown?.jobTables === undefined && (shown?.samples ?? before.samples) === before.samples;
}

async function beginReading(
  deps: ReadingDependencies,
  row: Mirror,
  changes: WaitingChange[],
  shared?: SharedReading,
): Promise<Omit<ReadProject, 'view'>> {
  const opened = shared?.opened ?? (await openMirrorSource(deps, row.projectId));
  const { project, platform, source } = opened;
  const snapshot = await deps.snapshots.read(row);
  const shown = await readShownParts(deps, row);
  const before =
    snapshot === null
      ? await withoutSnapshot(deps, platform, row, shown)
      : renderedBefore(snapshot, shown);
  const beganAt = new Date().toISOString();
  return { projectName: project.name, platform, source, snapshot, before, changes, beganAt };
}

/** What the rendered state says about a tree whose snapshot was lost. */
async function withoutSnapshot(
  { db }: Pick<ActivityDependencies, 'db'>,
  { layout }: Platform,
  row: Mirror,
  shown: ShownParts,
): Promise<RenderedBefore> {
  const entries = await listRenderedFiles(db, mirrorStream(mirrorKey(row)));
  return { snapshot: null, paths: layout.givenPaths(entries.values()), findings: new Map(), shown };
}

async function readWhole(
  begun: Omit<ReadProject, 'view'>,
  row: Mirror,
  { signal, step }: Execution,
  shared?: SharedReading,
): Promise<ReadProject> {
  const reading = 'Reading the project';
  step(reading);
  const key = mirrorKey(row);
  const view = await readAll(begun, key, begun.snapshot, {
    signal,
    ...(shared && { once: shared.once }),
    onProgress: (amount) => step(reading, amount),
  });
  if (view === null) throw noSuchBranch(key);
  return { ...begun, view };
}

/** What the changes name and what depends on it; `null` if everything has to be read. */
async function readLittle(
  begun: Omit<ReadProject, 'view'>,
  row: Mirror,
  { signal, step }: Execution,
): Promise<{ view: ProjectView; rendered: RenderedView } | null> {
  const { source, snapshot, before, changes } = begun;
  if (snapshot === null) return null;
  const key = mirrorKey(row);
  step('Reading what changed');
  let view = await readNamed(begun, key, snapshot, changes, signal);
  while (view !== null) {
    step('Rendering what changed');
    const rendered = renderChanged(key, view, row.policy, before);
    if (!('missing' in rendered)) return { view, rendered };
    step('Reading what depends on it');
    view = await readMore(source, key, view, namesOf(rendered.missing, view), signal);
  }
  return null;
}

function namesOf(keys: readonly ObjectKey[], { objects }: ProjectView): ObjectName[] {
  return keys.flatMap((key) => objects.get(key)?.version ?? []);
}

/** The kinds of objects that are made from the branch itself. */
const branchKinds = ['project', 'branch'];

/** The files that the rendered groups had before, by path: those that are no longer rendered are removed. */
export async function filesBefore(
  { db }: Pick<ActivityDependencies, 'db'>,
  row: Mirror,
  { snapshot, view, rendered }: ReadWindow,
): Promise<Map<string, RenderedEntry>> {
  const stream = mirrorStream(mirrorKey(row));
  const { groups } = rendered;
  const { layout } = view.platform;
  if (snapshot === null) {
    const entries = await listRenderedFiles(db, stream);
    return new Map([...entries].filter(([, { owner }]) => !isOfPart(owner)));
  }
  const gone = [...snapshot.objects.keys()].filter((key) => !view.objects.has(key));
  const owners = [...groups, ...gone].flatMap((group) => [
    group,
    ...(snapshot.objects.get(group)?.paths ?? []).map(([owner]) => owner),
  ]);
  const kinds = [
    ...branchKinds,
    ...(rendered.summaries ? layout.summaries.kinds : []),
    ...(groups.has(storageGroup) ? layout.storageKinds : []),
  ];
  const entries = await listRenderedFiles(db, stream, { owners: [...new Set(owners)], kinds });
  if (rendered.summaries) return entries;
  // The project's files are those of a branch and a manifest; those that were not rendered stay.
  const { files } = rendered.rendering;
  return new Map(
    [...entries].filter(([path, { owner }]) => owner !== projectKey || files.has(path)),
  );
}

/** What the reading covers. */
export function readingOf({ view, changes, beganAt }: ReadProject): Reading {
  return {
    objects: [...view.objects.values()].map(({ version }) => version),
    seenThrough: changes.at(-1)?.sequence ?? 0,
    beganAt,
  };
}
