import { openMirrorSource } from './open-mirror.ts';
import { keyOf, type MirrorRow } from '../db/mirrors.ts';
import { givenPaths, readRenderedFiles, type RenderedEntry } from '../db/rendered-files.ts';
import type { Reading } from '../model/claim.ts';
import type { WaitingChange } from '../model/events.ts';
import { mirrorStream } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { projectKey } from '../model/object-key.ts';
import { storageGroup, type ObjectKey } from '../model/tree.ts';
import type { ConfigurationName, Source } from '../sources/source.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Execution } from './execution.ts';
import { noSuchBranch, readAll, readMore, readNamed, type ProjectView } from './read-view.ts';
import {
  renderChanged,
  renderedBefore,
  renderWhole,
  type RenderedBefore,
  type RenderedView,
} from './render-view.ts';
import { isOfPart } from './tree-parts.ts';

/** How much of a project is looked at: what changes name, all of it, or all of it rendered anew as well. */
export type ReadScope = 'window' | 'catch-up' | 'everything';

/** A mirror's project as it was read and rendered. */
export interface ReadWindow {
  projectName: string;
  source: Source;
  snapshot: Snapshot | null;
  view: ProjectView;
  rendered: RenderedView;
  /** The waiting changes that were accepted before the reading began. */
  changes: WaitingChange[];
  /** When the reading began, ISO 8601. */
  beganAt: string;
}

/**
 * Reads as much of the mirror's branch as the scope asks for (all of it where less would not do), and
 * renders what differs from before. Throws `StreamFailure` with a `source_…` code.
 */
export async function readWindow(
  deps: ActivityDependencies,
  row: MirrorRow,
  { scope, changes }: { scope: ReadScope; changes: WaitingChange[] },
  execution: Execution,
): Promise<ReadWindow> {
  const key = keyOf(row);
  const { project, source } = await openMirrorSource(deps, key.projectId);
  const stream = mirrorStream(key);
  const snapshot = await deps.snapshots.read(row);
  const before: RenderedBefore =
    snapshot === null
      ? {
          snapshot,
          paths: givenPaths((await readRenderedFiles(deps.db, stream)).values()),
          findings: new Map(),
        }
      : renderedBefore(snapshot);
  const beganAt = new Date().toISOString();
  const read = { projectName: project.name, source, snapshot, changes, beganAt };

  if (scope === 'window' && snapshot !== null) {
    const found = await readLittle({ source, row, snapshot, before, changes }, execution);
    if (found !== null) return { ...read, ...found };
  }
  execution.step('Reading the project');
  const view = await readAll(source, key, snapshot, execution.signal);
  if (view === null) throw noSuchBranch(key);
  execution.step('Rendering the project');
  if (scope === 'everything' || snapshot === null)
    return { ...read, view, rendered: renderWhole(key, view, row.policy, before) };
  const rendered = renderChanged(key, view, row.policy, before);
  if ('missing' in rendered) throw new Error('A complete reading lacks nothing.');
  return { ...read, view, rendered };
}

interface LittleInput {
  source: Source;
  row: MirrorRow;
  snapshot: Snapshot;
  before: RenderedBefore;
  changes: readonly WaitingChange[];
}

/** What the changes name and what depends on it; `null` where everything has to be read. */
async function readLittle(
  { source, row, snapshot, before, changes }: LittleInput,
  { signal, step }: Execution,
): Promise<{ view: ProjectView; rendered: RenderedView } | null> {
  const key = keyOf(row);
  step('Reading what changed');
  let view = await readNamed(source, key, snapshot, changes, signal);
  while (view !== null) {
    step('Rendering what changed');
    const rendered = renderChanged(key, view, row.policy, before);
    if (!('missing' in rendered)) return { view, rendered };
    step('Reading what depends on it');
    view = await readMore(source, key, view, namesOf(rendered.missing, view), signal);
  }
  return null;
}

function namesOf(keys: readonly ObjectKey[], { configurations }: ProjectView): ConfigurationName[] {
  return keys.flatMap((key) => {
    const outline = configurations.get(key)?.outline;
    return outline === undefined
      ? []
      : [{ componentId: outline.componentId, configId: outline.id }];
  });
}

/** What is made from the whole project, whatever changed in it. */
const wholeKinds = ['project', 'branch', 'lineage', 'guide', 'catalog', 'table-catalog'];
/** What is made from the branch itself. */
const branchKinds = ['project', 'branch'];
const storageKinds = ['bucket', 'table'];

/** The files that the rendered groups had before, by path: those that are not rendered any more go. */
export async function filesBefore(
  { db }: Pick<ActivityDependencies, 'db'>,
  row: MirrorRow,
  { snapshot, view, rendered }: ReadWindow,
): Promise<Map<string, RenderedEntry>> {
  const stream = mirrorStream(keyOf(row));
  const { groups } = rendered;
  if (groups === null || snapshot === null) {
    const entries = await readRenderedFiles(db, stream);
    return new Map([...entries].filter(([, { owner }]) => !isOfPart(owner)));
  }
  const gone = [...snapshot.configurations.keys()].filter((key) => !view.configurations.has(key));
  const owners = [...groups, ...gone].flatMap((group) => [
    group,
    ...(snapshot.configurations.get(group)?.paths ?? []).map(([owner]) => owner),
  ]);
  const kinds = [
    ...(rendered.summaries ? wholeKinds : branchKinds),
    ...(groups.has(storageGroup) ? storageKinds : []),
  ];
  const entries = await readRenderedFiles(db, stream, { owners: [...new Set(owners)], kinds });
  if (rendered.summaries) return entries;
  // The project's files are a branch's and a manifest; what of them was not rendered stays.
  const { files } = rendered.rendering;
  return new Map(
    [...entries].filter(([path, { owner }]) => owner !== projectKey || files.has(path)),
  );
}

/** What the reading covers. */
export function readingOf({ view, changes, beganAt }: ReadWindow): Reading {
  return {
    branch: { configurations: [...view.configurations.values()].map(({ outline }) => outline) },
    seenThrough: changes.at(-1)?.sequence ?? 0,
    beganAt,
  };
}
