import type { MirrorEnding } from '../model/branches.ts';
import type { MirrorPolicy } from '../model/mirror.ts';
import { projectKey } from '../model/object-key.ts';
import type { Configuration, PlatformProject } from '../model/project.ts';
import {
  storageGroup,
  type Findings,
  type GivenPaths,
  type ObjectKey,
  type Rendering,
} from '../model/tree.ts';
import { writeAi } from './ai/write-ai.ts';
import { buildLayout } from './build-layout.ts';
import { FindingsLog } from './findings.ts';
import { givePaths } from './give-paths.ts';
import { leaveUnplaced, type Layout, type LayoutNode } from './layout.ts';
import { manifest } from './manifest/manifest.ts';
import { projectFile } from './manifest/project-file.ts';
import { renderSteps, type RenderStep } from './steps.ts';
import { writeStorage } from './storage/write-storage.ts';
import { TreeBuilder } from './tree-builder.ts';
import { joinPath } from './unique-paths.ts';
import { writeNodes } from './write-nodes.ts';
import { writeUnlinked } from './unlinked/unlinked-files.ts';

/** How a project is rendered. */
export interface RenderOptions {
  /** The branches to render, as the manifest names them: a mirror's is `__main__` or the branch's id. */
  allowedBranches: string[];
  /** The paths that objects have already; empty for a first rendering. */
  givenPaths: GivenPaths;
  /**
   * The folder of the CLI's layout: `configs`, or `''` for the top. What the CLI leaves out goes to
   * `unlinked` beside it, as `storage` and `ai` do; beside the top nothing is.
   */
  root: string;
  /** What becomes of encrypted values: see {@link MirrorPolicy}. */
  secrets: MirrorPolicy['secrets'];
  /** The branch's folder: its name, as the CLI has it, or `main` in every Git branch. */
  branchPath?: MirrorPolicy['branchPath'];
  /** Whether what changes with each load of a table is written too; it is not unless told. */
  storage?: MirrorPolicy['storage'];
  /** The branch is gone from the platform: the guide says what became of it. */
  ended?: MirrorEnding;
  /** The CLI's special rules; all of them unless told. */
  steps?: readonly RenderStep[];
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

/**
 * A project as the files that the Keboola CLI would write for it, byte for byte, but for secrets in
 * clear, which are left out and reported. Pure: the same project, paths and options give the same
 * tree. An object that cannot be written is left out with a warning and stops no other.
 *
 * A project of outlines (`render/outline.ts`) renders to the same files: those of the groups in `only`
 * from their whole configurations, and the others' are as they were. Their paths and what they
 * refer to have to be the same as before: see `affectedBy`.
 */
export function renderProject(project: PlatformProject, options: RenderOptions): Rendering {
  const {
    root,
    allowedBranches,
    only,
    steps = renderSteps,
    whole = (config: Configuration) => config,
  } = options;
  const layout = buildLayout(project, {
    allowedBranches,
    branchPath: options.branchPath ?? 'name',
  });
  for (const step of steps) step.arrange?.(layout);
  place(layout, options.givenPaths, root);

  const tree = new TreeBuilder(options.secrets);
  const log = new FindingsLog(tree, layout, options.findings ?? new Map());
  const isWanted = (group: ObjectKey): boolean => only?.has(group) ?? true;
  const writing = { root, givenPaths: options.givenPaths, steps, whole, isWanted, log };
  const written = writeNodes(tree, layout, writing);
  const unlinked = writeUnlinked(tree, layout, written, writing);
  const paths = new Map([
    ...[...written].map(({ key, path }): [ObjectKey, string] => [key, path]),
    ...unlinked.paths,
  ]);
  const result = {
    files: tree.files,
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
  const storage = writeStorage(tree, layout, [...written], { ...options, paths, isWanted, log });
  const aiWarnings = writeAi(tree, [...written], { ...options, project, paths, storage });
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
