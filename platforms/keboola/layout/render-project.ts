import type { MirrorEnding } from '../../../model/mirror/branches.ts';
import type { ShownTable } from '../../../model/platform/job.ts';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import { projectKey } from '../../../model/platform/object-key.ts';
import type { Configuration, PlatformProject } from '../../../model/platform/project.ts';
import {
  storageGroup,
  type Findings,
  type GivenPaths,
  type ObjectKey,
  type RenderedFile,
  type Rendering,
  type WrittenProject,
} from '../../../model/platform/tree.ts';
import type { GuidedParts } from '../guide/guide.ts';
import { writeAi } from '../guide/write-ai.ts';
import { buildLayout } from './build-layout.ts';
import { FindingsLog } from './findings.ts';
import { givePaths } from './give-paths.ts';
import { leaveUnplaced, type Layout, type LayoutNode } from './layout.ts';
import { manifest } from './manifest/manifest.ts';
import { projectFile } from './manifest/project-file.ts';
import type { RenderStep } from './render-step.ts';
import { renderSteps } from './steps.ts';
import { writeStorage } from './storage/write-storage.ts';
import { collect } from '../../tree/collect.ts';
import { TreeBuilder } from '../../tree/tree-builder.ts';
import { joinPath } from '../../tree/unique-paths.ts';
import { writeNodes } from './write-nodes.ts';
import { writeUnlinked } from './unlinked/unlinked-files.ts';
import { unlinkedConfigs } from './unlinked/unlinked-layout.ts';

/** How to assign paths to a project's objects. */
export interface PlaceOptions {
  /** The branches to render, as in the manifest. For a mirror, `__main__` or the id of its branch. */
  allowedBranches: string[];
  /** The paths that objects already have. Empty for a first rendering. */
  givenPaths: GivenPaths;
  /**
   * The folder of the CLI's layout: `configs`, or `''` for the root. What the CLI leaves out goes to
   * `unlinked` next to it, where `storage` and `ai` are too. Nothing can be next to the root.
   */
  root: string;
  /** What the branch's folder is called: like the branch, as in the CLI, or `main` in every Git branch. */
  branchPath?: MirrorPolicy['branchPath'];
  /** The special rules of the CLI. Defaults to all of them. */
  steps?: readonly RenderStep[];
}

/** What to write of a project, and how. */
export interface WriteOptions {
  /** How to treat encrypted values: see {@link MirrorPolicy}. */
  secrets: MirrorPolicy['secrets'];
  /** Whether to also write what changes each time a table is loaded. Defaults to not. */
  storage?: MirrorPolicy['storage'];
  /** For the lineage: the tables that runs of jobs were seen to read or write. */
  jobTables?: readonly ShownTable[];
  /** For the guide: the policies of jobs and samples, which are written elsewhere. Defaults to neither. */
  parts?: GuidedParts;
  /** Set if the branch no longer exists in the platform. The guide then says what happened to it. */
  ended?: MirrorEnding;
  /**
   * Returns the complete configuration for an outline in the project. Called once or twice for each one that
   * is written. By default, the project is assumed to contain complete configurations.
   */
  whole?: (config: Configuration) => Configuration;
  /** The groups to write files for. Defaults to all. */
  only?: ReadonlySet<ObjectKey>;
  /**
   * Whether to also write what summarises all groups: manifest, storage, lineage, catalogs and guide.
   * Defaults to `true`. If no outline and no path changed, these files would not change either.
   */
  summaries?: boolean;
  /** The earlier findings of groups that are not written this time. */
  findings?: ReadonlyMap<ObjectKey, Findings>;
}

/** How to render a project. */
export type RenderOptions = PlaceOptions & WriteOptions;

/** A project whose objects have paths. It can be written only once. */
export interface PlacedProject {
  project: PlatformProject;
  options: PlaceOptions;
  layout: Layout;
  /**
   * The paths of configurations and rows. Writing may still find that something in them cannot be written.
   */
  paths: GivenPaths;
}

/**
 * Renders a project as the files that the Keboola CLI would write for it, byte for byte, except for secrets
 * in clear text, which are left out and reported. Pure: the same project, paths and options give the same
 * tree. An object that cannot be written is left out with a warning, and the rest is still written.
 *
 * A project of outlines (`outline.ts`) gives the same files: those of the groups in `only` are written from
 * their complete configurations, and those of other groups have not changed. This requires that the other
 * groups' paths and what they refer to are the same as before: see `affectedBy`.
 */
export function renderProject(project: PlatformProject, options: RenderOptions): Rendering {
  return collect(writeProject(placeProject(project, options), options));
}

/** Assigns paths to a project's objects. */
export function placeProject(project: PlatformProject, options: PlaceOptions): PlacedProject {
  const { root, allowedBranches, givenPaths, steps = renderSteps } = options;
  const layout = buildLayout(project, {
    allowedBranches,
    branchPath: options.branchPath ?? 'name',
  });
  for (const step of steps) step.arrange?.(layout);
  place(layout, givenPaths, root);
  const paths = new Map<ObjectKey, string>();
  for (const { key, path } of layout.nodes) paths.set(key, path);
  for (const { beside } of unlinkedConfigs(layout, { givenPaths, root }))
    for (const { key, path } of [beside, ...beside.rows]) paths.set(key, path);
  return { project, options, layout, paths };
}

/** Writes a placed project. Yields files as they are made, and keeps none of their bytes. */
export function* writeProject(
  { project, options: placing, layout }: PlacedProject,
  options: WriteOptions,
): Generator<RenderedFile[], WrittenProject> {
  const { root, allowedBranches, givenPaths, steps = renderSteps } = placing;
  const { only, whole = (config: Configuration) => config } = options;
  const tree = new TreeBuilder(options.secrets);
  const log = new FindingsLog(tree, layout, options.findings ?? new Map());
  const isWanted = (group: ObjectKey): boolean => only?.has(group) ?? true;
  const writing = { root, givenPaths, steps, whole, isWanted, log };
  const nodes = writeNodes(tree, layout, writing);
  let step = nodes.next();
  for (; step.done !== true; step = nodes.next()) yield tree.take();
  const written = step.value;
  const unlinked = writeUnlinked(tree, layout, written, writing);
  yield tree.take();
  const paths = new Map([
    ...[...written].map(({ key, path }): [ObjectKey, string] => [key, path]),
    ...unlinked.paths,
  ]);
  const result = {
    replacedSecrets: tree.replacedSecrets,
    unlinked: unlinked.objects,
    findings: log.found,
  };
  if (options.summaries === false) {
    log.recall(storageGroup, []);
    return { ...result, paths, warnings: layout.warnings };
  }
  tree.add([
    {
      path: joinPath(root, '.keboola/manifest.json'),
      owner: projectKey,
      content: manifest(project, [...written], { allowedBranches, root }),
    },
    {
      path: joinPath(root, '.keboola/project.json'),
      owner: projectKey,
      content: projectFile(project),
    },
  ]);
  yield tree.take();
  const all = { ...options, root, givenPaths, paths, isWanted, log };
  const storage = writeStorage(tree, layout, [...written], all);
  yield tree.take();
  const aiWarnings = writeAi(tree, [...written], { ...all, project, storage });
  yield tree.take();
  return {
    ...result,
    paths: new Map([...paths, ...storage.paths]),
    warnings: [...layout.warnings, ...aiWarnings],
  };
}

/** Assigns paths to everything that can be reached from a branch. Other configurations have no place. */
function place(layout: Layout, givenPaths: GivenPaths, root: string): void {
  const isUnplaced = (node: LayoutNode): boolean =>
    node.kind === 'config'
      ? layout.unplaced.has(node)
      : node.kind === 'row' && layout.unplaced.has(node.config);
  const candidates = layout.nodes.filter((node) => !isUnplaced(node));
  const placed = givePaths(candidates, givenPaths, root);
  const reached = new Set(placed);
  for (const node of candidates) {
    if (node.kind === 'config' && !reached.has(node)) {
      leaveUnplaced(layout, node, 'It belongs to an object that has no place.');
    }
  }
  layout.nodes = placed;
}
