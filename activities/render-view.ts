import type { MirrorKey } from '../model/ids.ts';
import type { MirrorPolicy } from '../model/mirror.ts';
import { configKey, configurationOf } from '../model/object-key.ts';
import type { PlatformProject } from '../model/project.ts';
import type { Snapshot, SnapshotChange, SnapshotEntry } from '../model/snapshot.ts';
import {
  storageGroup,
  type Findings,
  type GivenPaths,
  type ObjectKey,
  type Rendering,
} from '../model/tree.ts';
import { affectedBy, isSameOutline } from '../render/outline.ts';
import { renderProject } from '../render/render-project.ts';
import type { ProjectView, ViewedConfiguration } from './read-view.ts';

/** What a view is rendered over. */
export interface RenderedBefore {
  /** `null` where there is none: then everything is rendered. */
  snapshot: Snapshot | null;
  /** The paths that objects have. */
  paths: GivenPaths;
  /** What writing groups found, for those that are not written. */
  findings: ReadonlyMap<ObjectKey, Findings>;
}

/** The paths and findings of a snapshot. */
export function renderedBefore(snapshot: Snapshot): RenderedBefore {
  const entries = [...snapshot.configurations];
  return {
    snapshot,
    paths: new Map([...snapshot.facts.paths, ...entries.flatMap(([, { paths }]) => paths)]),
    findings: new Map([
      ...snapshot.facts.findings,
      ...entries.flatMap(([key, { findings }]): [ObjectKey, Findings][] =>
        findings === null ? [] : [[key, findings]],
      ),
    ]),
  };
}

/** What rendering a view came to. */
export interface RenderedView {
  rendering: Rendering;
  /** The groups that were rendered; `null`: all. */
  groups: ReadonlySet<ObjectKey> | null;
  /** Whether what tells of all groups was rendered; else it is as it was. */
  summaries: boolean;
}

/** All of a view that was read completely, rendered whole. */
export function renderWhole(
  key: MirrorKey,
  view: ProjectView,
  policy: MirrorPolicy,
  { paths }: Pick<RenderedBefore, 'paths'>,
): RenderedView {
  const rendering = renderProject(outlined(view), {
    ...renderOptions(key, view, policy),
    givenPaths: paths,
  });
  return { rendering, groups: null, summaries: true };
}

/**
 * The part of a view that differs from what was rendered before: what changed, and what names an object
 * whose path changed. Where something of that was not read, it is what is `missing`.
 */
export function renderChanged(
  key: MirrorKey,
  view: ProjectView,
  policy: MirrorPolicy,
  { snapshot, paths, findings }: RenderedBefore,
): RenderedView | { missing: ObjectKey[] } {
  const groups = new Set(view.changed);
  let summaries = !isQuiet(view, snapshot);
  const outlines = new Map(
    [...view.configurations].map(([configuration, { outline }]) => [configuration, outline]),
  );
  for (;;) {
    const rendering = renderProject(outlined(view), {
      ...renderOptions(key, view, policy),
      givenPaths: paths,
      findings,
      only: groups,
      summaries,
    });
    const affected = affectedBy(paths, rendering.paths, outlines);
    const further = [...affected].filter((group) => outlines.has(group) && !groups.has(group));
    if (further.length === 0 && (summaries || !failsOtherwise(rendering, findings)))
      return { rendering, groups, summaries };
    const missing = view.complete ? [] : further.filter((group) => !view.whole(group));
    if (missing.length > 0) return { missing };
    for (const group of further) groups.add(group);
    summaries = true;
  }
}

/** Whether a view shows only changes that no other object's files and no summary can depend on. */
function isQuiet(view: ProjectView, snapshot: Snapshot | null): boolean {
  if (snapshot === null || view.complete || view.storageRead) return false;
  if (view.facts.project !== snapshot.facts.project) return false;
  if (view.configurations.size !== snapshot.configurations.size) return false;
  return [...view.changed].every((group) => {
    const before = snapshot.configurations.get(group)?.outline;
    const now = view.configurations.get(group)?.outline;
    return before !== undefined && now !== undefined && isSameOutline(before, now);
  });
}

/** Whether other objects could not be written than before: manifests leave them out. */
function failsOtherwise(
  { findings }: Rendering,
  before: ReadonlyMap<ObjectKey, Findings>,
): boolean {
  const names = (found: Findings | undefined) => JSON.stringify(found?.failed ?? []);
  return [...findings].some(([group, found]) => names(found) !== names(before.get(group)));
}

function renderOptions({ branchId }: MirrorKey, view: ProjectView, policy: MirrorPolicy) {
  const { isDefault } = view.facts.branch;
  return {
    root: 'configs',
    allowedBranches: [isDefault ? '__main__' : branchId],
    secrets: policy.secrets,
    branchPath: policy.branchPath,
    storage: policy.storage,
    whole: ({ componentId, id }: ViewedConfiguration['outline']) => {
      const config = view.whole(configKey(branchId, componentId, id));
      if (config === undefined) throw new Error(`${componentId}/${id} was not read.`);
      return config;
    },
  };
}

/** The view as a project of outlines. */
export function outlined({ facts, storage, configurations }: ProjectView): PlatformProject {
  const outlines = [...configurations.values()].map(({ outline }) => outline);
  return {
    ...facts.project,
    branches: [{ ...facts.branch, storage, configurations: outlines }],
  };
}

/** What a snapshot has to take over of a view and its rendering. */
export function snapshotChange(
  snapshot: Snapshot | null,
  view: ProjectView,
  { rendering, groups, summaries }: RenderedView,
): SnapshotChange {
  const paths = new Map<ObjectKey, [ObjectKey, string][]>();
  const otherPaths: [ObjectKey, string][] = [];
  for (const path of rendering.paths) {
    const owner = configurationOf(path[0]);
    if (owner !== null && groups?.has(owner) === false) continue;
    const list = owner === null ? otherPaths : (paths.get(owner) ?? []);
    list.push(path);
    if (owner !== null) paths.set(owner, list);
  }
  const written = new Map<ObjectKey, SnapshotEntry>();
  const entries = [...(snapshot?.configurations.values() ?? [])];
  let ordinal = entries.reduce((highest, entry) => Math.max(highest, entry.ordinal), -1);
  for (const [key, { outline, digest, packed }] of view.configurations) {
    if (groups !== null && !groups.has(key)) continue;
    const known = snapshot?.configurations.get(key);
    const found = rendering.findings.get(key);
    written.set(key, {
      ordinal: known?.ordinal ?? ++ordinal,
      outline,
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
    removed: [...(snapshot?.configurations.keys() ?? [])].filter(
      (key) => !view.configurations.has(key),
    ),
  };
}

function otherFindings(
  snapshot: Snapshot | null,
  { findings }: Rendering,
): [ObjectKey, Findings][] {
  const ofStorage =
    findings.get(storageGroup) ?? new Map(snapshot?.facts.findings).get(storageGroup);
  return ofStorage === undefined ? [] : [[storageGroup, ofStorage]];
}

function isNothing(found: Findings): boolean {
  return Object.values(found).every((list: unknown[]) => list.length === 0);
}
