import type { MirrorPolicy } from '../model/mirror.ts';
import { projectKey } from '../model/object-key.ts';
import type { PlatformProject } from '../model/project.ts';
import type { GivenPaths, ObjectKey, Rendering } from '../model/tree.ts';
import { writeAi } from './ai/write-ai.ts';
import { branchFiles } from './branches/branch-files.ts';
import { buildLayout } from './build-layout.ts';
import { configFiles } from './configs/config-files.ts';
import { givePaths } from './give-paths.ts';
import { leaveUnplaced, type Layout, type LayoutNode } from './layout.ts';
import { manifest } from './manifest/manifest.ts';
import { projectFile } from './manifest/project-file.ts';
import { renderSteps, type RenderStep } from './steps.ts';
import { writeStorage } from './storage/write-storage.ts';
import { TreeBuilder } from './tree-builder.ts';
import { joinPath } from './unique-paths.ts';
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
  /** The CLI's special rules; all of them unless told. */
  steps?: readonly RenderStep[];
}

/**
 * A project as the files that the Keboola CLI would write for it, byte for byte, but for secrets in
 * clear, which are left out and reported. Pure: the same project, paths and options give the same
 * tree. An object that cannot be written is left out with a warning and stops no other.
 */
export function renderProject(project: PlatformProject, options: RenderOptions): Rendering {
  const { root, allowedBranches, steps = renderSteps } = options;
  const layout = buildLayout(project, {
    allowedBranches,
    branchPath: options.branchPath ?? 'name',
  });
  for (const step of steps) step.arrange?.(layout);
  place(layout, options.givenPaths, root);

  const tree = new TreeBuilder(options.secrets);
  const written = writeNodes(tree, layout, root, steps);
  const unlinked = writeUnlinked(tree, layout, written, options);
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
  const paths = new Map([
    ...[...written].map(({ key, path }): [ObjectKey, string] => [key, path]),
    ...unlinked.paths,
  ]);
  const storage = writeStorage(tree, [...written], { ...options, paths });
  const aiWarnings = writeAi(tree, [...written], { ...options, project, paths, storage });
  return {
    files: tree.files,
    paths: new Map([...paths, ...storage.paths]),
    replacedSecrets: tree.replacedSecrets,
    warnings: [...layout.warnings, ...storage.warnings, ...aiWarnings],
    unlinked: unlinked.objects,
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

/** Writes the objects' files, and says which could be written: never a child without its parent. */
function writeNodes(
  tree: TreeBuilder,
  layout: Layout,
  root: string,
  steps: readonly RenderStep[],
): Set<LayoutNode> {
  const written = new Set<LayoutNode>();
  for (const node of layout.nodes) {
    if (node.parent !== null && !written.has(node.parent)) {
      if (node.kind === 'config' && node.parent.kind !== 'branch') {
        leaveUnplaced(layout, node, 'It belongs to an object that could not be written.');
      }
      continue;
    }
    try {
      tree.add(node.kind === 'branch' ? branchFiles(node, root) : configFiles(node, steps, layout));
      written.add(node);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      layout.warnings.push({ owner: node.key, message: `It could not be written: ${reason}` });
    }
  }
  return written;
}
