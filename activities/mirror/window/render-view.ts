import type { MirrorKey } from '../../../model/mirror/ids.ts';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import type { Amount } from '../../../model/streams/progress.ts';
import type { Snapshot, SnapshotChange, SnapshotEntry } from '../../../model/mirror/snapshot.ts';
import {
  storageGroup,
  type Findings,
  type GivenPaths,
  type ObjectKey,
  type RenderedFile,
  type Rendering,
  type WrittenProject,
} from '../../../model/platform/tree.ts';
import type { LaidOutBranch, PlacedBranch, WritingOptions } from '../../../platforms/platform.ts';
import { collect } from '../../../platforms/tree/collect.ts';
import type { ProjectView } from './read-view.ts';
import type { ShownParts } from '../parts/tree-part.ts';

/** The state before, which the rendering of a view is based on. */
export interface RenderedBefore {
  /** `null` if there is none: everything is then rendered. */
  snapshot: Snapshot | null;
  /** The paths that objects have. */
  paths: GivenPaths;
  /** What writing groups found, for the groups that are not written. */
  findings: ReadonlyMap<ObjectKey, Findings>;
  /** What summaries show of the parts. */
  shown: ShownParts;
}

/** The paths and findings of a snapshot. */
export function renderedBefore(snapshot: Snapshot, shown: ShownParts): RenderedBefore {
  const entries = [...snapshot.objects];
  return {
    snapshot,
    shown,
    paths: new Map([...snapshot.facts.paths, ...entries.flatMap(([, { paths }]) => paths)]),
    findings: new Map([
      ...snapshot.facts.findings,
      ...entries.flatMap(([key, { findings }]): [ObjectKey, Findings][] =>
        findings === null ? [] : [[key, findings]],
      ),
    ]),
  };
}

/** The result of rendering a view. */
export interface RenderedView {
  rendering: Rendering;
  /** The groups that were rendered. */
  groups: ReadonlySet<ObjectKey>;
  /** Whether the summaries of all groups were rendered; otherwise they stay as they were. */
  summaries: boolean;
}

/**
 * Writes everything in a view that was read completely, yielding the files as they are made. `onProgress` is told of how
 * many objects of how many.
 */
export function* writeWhole(
  key: MirrorKey,
  view: ProjectView,
  policy: MirrorPolicy,
  { paths, shown }: Pick<RenderedBefore, 'paths' | 'shown'>,
  onProgress?: (amount: Amount) => void,
): Generator<RenderedFile[], WrittenProject> {
  const writing = place(view, policy, paths).write(writeOptions(key, view, policy, shown));
  const total = view.objects.size;
  let next = writing.next();
  for (let done = 1; next.done !== true; done++) {
    // After the objects, there are also files about all of them.
    onProgress?.({ done: Math.min(done, total), total });
    yield next.value;
    next = writing.next();
  }
  return next.value;
}

/**
 * The part of a view that differs from what was rendered before: what changed, and what refers to an object
 * whose path changed; with `withSummaries` also the summaries. If some of that was not read, returns it as
 * `missing`.
 */
export function renderChanged(
  key: MirrorKey,
  view: ProjectView,
  policy: MirrorPolicy,
  { snapshot, paths, findings, shown }: RenderedBefore,
  { withSummaries = false }: { withSummaries?: boolean } = {},
): RenderedView | { missing: ObjectKey[] } {
  const groups = new Set(view.changed);
  const outlines = new Map([...view.objects].map(([object, { outline }]) => [object, outline]));
  let summaries = withSummaries || !isQuiet(view, snapshot);
  for (;;) {
    const placed = place(view, policy, paths);
    if (takeAffected(placed.paths).any) summaries = true;
    const missing = view.complete
      ? []
      : [...groups].filter((group) => outlines.has(group) && view.whole(group) === undefined);
    if (missing.length > 0) return { missing };
    const writing = {
      ...writeOptions(key, view, policy, shown),
      only: groups,
      findings,
      summaries,
    };
    const rendering = collect(placed.write(writing));
    // What could not be written, or now can be, has a different path than was assumed.
    const { more } = takeAffected(rendering.paths);
    if (!more && (summaries || !failsOtherwise(rendering, findings)))
      return { rendering, groups, summaries };
    summaries = true;
  }

  /** Adds the groups that have to be rendered because paths have changed. */
  function takeAffected(after: GivenPaths): { any: boolean; more: boolean } {
    const size = groups.size;
    const affected = view.platform.layout.affectedBy(paths, after, outlines);
    for (const group of affected) if (outlines.has(group)) groups.add(group);
    return { any: affected.size > 0, more: groups.size > size };
  }
}

/** Whether a view has only changes that no other object's files and no summaries can depend on. */
function isQuiet(view: ProjectView, snapshot: Snapshot | null): boolean {
  if (snapshot === null || view.complete || view.storageRead) return false;
  if (view.facts.details !== snapshot.facts.details) return false;
  if (view.objects.size !== snapshot.objects.size) return false;
  return [...view.changed].every((group) => {
    const before = snapshot.objects.get(group);
    const now = view.objects.get(group);
    if (before === undefined || now === undefined) return false;
    return view.platform.objects.isSameOutline(before.outline, now.outline);
  });
}

/** Whether the objects that could not be written are different from before: manifests leave these out. */
function failsOtherwise(
  { findings }: Rendering,
  before: ReadonlyMap<ObjectKey, Findings>,
): boolean {
  const names = (found: Findings | undefined) => JSON.stringify(found?.failed ?? []);
  return [...findings].some(([group, found]) => names(found) !== names(before.get(group)));
}

function place(
  view: ProjectView,
  { branchPath }: MirrorPolicy,
  givenPaths: GivenPaths,
): PlacedBranch {
  return view.platform.layout.place(laidOut(view), { branchPath, givenPaths });
}

function writeOptions(
  { branchId }: MirrorKey,
  view: ProjectView,
  policy: MirrorPolicy,
  shown: ShownParts,
): WritingOptions {
  const { objects } = view.platform;
  return {
    secrets: policy.secrets,
    storage: policy.storage,
    jobTables: shown.jobTables,
    parts: { jobs: policy.jobs, samples: shown.samples ? policy.samples : null },
    whole: (outline) => {
      const name = objects.versionOf(outline);
      const object = view.whole(objects.keyOf(branchId, name));
      if (object === undefined) throw new Error(`${name.kind}/${name.id} was not read.`);
      return object;
    },
  };
}

/** The branch of a view or a snapshot, with its outlines. */
export function laidOut({
  facts: { branch, details },
  storage,
  objects,
}: Pick<ProjectView, 'facts' | 'storage'> & {
  objects: ReadonlyMap<ObjectKey, { outline: unknown }>;
}): LaidOutBranch {
  const outlines = [...objects.values()].map(({ outline }) => outline);
  return { facts: { branch, details }, storage, objects: outlines };
}

/** The part of a rendering from which a snapshot is made; `groups` is `null` if all were rendered. */
export interface Snapshotted {
  rendering: WrittenProject;
  groups: ReadonlySet<ObjectKey> | null;
  summaries: boolean;
}

/** What a snapshot has to take over from a view and its rendering. */
export function snapshotChange(
  snapshot: Snapshot | null,
  view: ProjectView,
  { rendering, groups, summaries }: Snapshotted,
): SnapshotChange {
  const paths = new Map<ObjectKey, [ObjectKey, string][]>();
  const otherPaths: [ObjectKey, string][] = [];
  for (const path of rendering.paths) {
    const owner = view.platform.objects.objectOf(path[0]);
    if (owner !== null && groups?.has(owner) === false) continue;
    const list = owner === null ? otherPaths : (paths.get(owner) ?? []);
    list.push(path);
    if (owner !== null) paths.set(owner, list);
  }
  const written = new Map<ObjectKey, SnapshotEntry>();
  const entries = [...(snapshot?.objects.values() ?? [])];
  let ordinal = entries.reduce((highest, entry) => Math.max(highest, entry.ordinal), -1);
  for (const [key, { outline, version, digest, packed }] of view.objects) {
    if (groups !== null && !groups.has(key)) continue;
    const known = snapshot?.objects.get(key);
    const found = rendering.findings.get(key);
    written.set(key, {
      ordinal: known?.ordinal ?? ++ordinal,
      outline,
      version,
      digest,
      packed,
      paths: paths.get(key) ?? [],
      findings: found === undefined || isNothing(found) ? null : found,
    });
  }
  return {
    facts: {
      ...view.facts,
      paths: summaries || snapshot === null ? otherPaths : snapshot.facts.paths,
      findings: otherFindings(snapshot, rendering),
    },
    storage: view.storageRead ? view.storage : undefined,
    written,
    removed: [...(snapshot?.objects.keys() ?? [])].filter((key) => !view.objects.has(key)),
  };
}

function otherFindings(
  snapshot: Snapshot | null,
  { findings }: WrittenProject,
): [ObjectKey, Findings][] {
  const ofStorage =
    findings.get(storageGroup) ?? new Map(snapshot?.facts.findings).get(storageGroup);
  return ofStorage === undefined ? [] : [[storageGroup, ofStorage]];
}

function isNothing(found: Findings): boolean {
  return Object.values(found).every((list: unknown[]) => list.length === 0);
}
