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

/** How a project's objects are given their paths. */
export interface PlaceOptions {
  /** The branches to render, as the manifest names them: a mirror's is `__main__` or the branch's id. */
  allowedBranches: string[];
  /** The paths that objects have already; empty for a first rendering. */
  givenPaths: GivenPaths;
  /**
   * The folder of the CLI's layout: `configs`, or `''` for the top. What the CLI leaves out goes to
   * `unlinked` beside it, as `storage` and `ai` do; beside the top nothing is.
   */
  root: string;
  /** The branch's folder: its name, as the CLI has it, or `main` in every Git branch. */
  branchPath?: MirrorPolicy['branchPath'];
  /** The CLI's special rules; all of them unless told. */
  steps?: readonly RenderStep[];
}

/** What of a project is written, and how. */
export interface WriteOptions {
  /** What becomes of encrypted values: see {@link MirrorPolicy}. */
  secrets: MirrorPolicy['secrets'];
  /** Whether what changes with each load of a table is written too; it is not unless told. */
  storage?: MirrorPolicy['storage'];
  /** What runs of jobs showed of who reads and writes tables, for the lineage. */
  jobTables?: readonly ShownTable[];
  /** What of jobs and samples is beside what is rendered, for the guide; nothing unless told. */
  parts?: GuidedParts;
  /** The branch is gone from the platform: the guide says what became of it. */
  ended?: MirrorEnding;
  /**
   * Gives a configuration of the project whole, where the project has its outline; it is asked for what
   * is written, once or twice each. Unless told the project's own are whole.
   */
  whole?: (config: Configuration) => Configuration;
  /** The groups whose files are written; all unless told. */
  only?: ReadonlySet<ObjectKey>;
  /**
   * Whether what tells of all groups is written too: manifest, storage, lineage, catalogs, guide. It is,
   * unless told; where no outline and no path changed it would be as before.
   */
  summaries?: boolean;
  /** What writing the other groups found. */
  findings?: ReadonlyMap<ObjectKey, Findings>;
}

/** How a project is rendered. */
export type RenderOptions = PlaceOptions & WriteOptions;

/** A project whose objects have their paths; it can be written once. */
export interface PlacedProject {
  project: PlatformProject;
  options: PlaceOptions;
  layout: Layout;
  /** The paths of configurations and rows, unless something of them turns out not to be writable. */
  paths: GivenPaths;
}

/**
 * A project as the files that the Keboola CLI would write for it, byte for byte, but for secrets in
 * clear, which are left out and reported. Pure: the same project, paths and options give the same
 * tree. An object that cannot be written is left out with a warning and stops no other.
 *
 * A project of outlines (`outline.ts`) renders to the same files: those of the groups in `only`
 * from their whole configurations, and the others' are as they were. Their paths and what they
 * refer to have to be the same as before: see `affectedBy`.
 */
export function renderProject(project: PlatformProject, options: RenderOptions): Rendering {
  return collect(writeProject(placeProject(project, options), options));
}

/** Gives a project's objects their paths. */
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

/** Writes a placed project; it gives the files as they are made, and keeps none of their bytes. */
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

/** Gives paths to all that a branch leads to; configurations that none leads to have no place. */
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
