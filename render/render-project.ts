import type { MirrorPolicy } from '../model/mirror.ts';
import { projectKey } from '../model/object-key.ts';
import type { PlatformProject } from '../model/project.ts';
import type { GivenPaths, Rendering } from '../model/tree.ts';
import { branchFiles } from './branches/branch-files.ts';
import { buildLayout } from './build-layout.ts';
import { configFiles } from './configs/config-files.ts';
import { givePaths } from './give-paths.ts';
import type { Layout, LayoutNode } from './layout.ts';
import { manifest } from './manifest/manifest.ts';
import { projectFile } from './manifest/project-file.ts';
import { renderSteps, type RenderStep } from './steps.ts';
import { TreeBuilder } from './tree-builder.ts';
import { joinPath } from './unique-paths.ts';

/** How a project is rendered. */
export interface RenderOptions {
  /** The branches to render, as the manifest names them: a mirror's is `__main__` or the branch's id. */
  allowedBranches: string[];
  /** The paths that objects have already; empty for a first rendering. */
  givenPaths: GivenPaths;
  /** The folder of the CLI's layout: `configs`, or `''` for the top. */
  root: string;
  /** What becomes of encrypted values: see {@link MirrorPolicy}. */
  secrets: MirrorPolicy['secrets'];
  /** The branch's folder: its name, as the CLI has it, or `main` in every Git branch. */
  branchPath?: MirrorPolicy['branchPath'];
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
  givePaths(layout, options.givenPaths, root);

  const tree = new TreeBuilder(options.secrets);
  const written = writeNodes(tree, layout, root, steps);
  tree.add([
    {
      path: joinPath(root, '.keboola/manifest.json'),
      owner: projectKey,
      content: manifest(project, written, { allowedBranches, root }),
    },
    {
      path: joinPath(root, '.keboola/project.json'),
      owner: projectKey,
      content: projectFile(project),
    },
  ]);
  return {
    files: tree.files,
    paths: new Map(written.map(({ key, path }) => [key, path])),
    replacedSecrets: tree.replacedSecrets,
    warnings: layout.warnings,
  };
}

/** Writes the objects' files, and says which could be written: never a child without its parent. */
function writeNodes(
  tree: TreeBuilder,
  layout: Layout,
  root: string,
  steps: readonly RenderStep[],
): LayoutNode[] {
  const written = new Set<LayoutNode>();
  for (const node of layout.nodes) {
    if (node.parent !== null && !written.has(node.parent)) continue;
    try {
      tree.add(node.kind === 'branch' ? branchFiles(node, root) : configFiles(node, steps, layout));
      written.add(node);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      layout.warnings.push({ owner: node.key, message: `It could not be written: ${reason}` });
    }
  }
  return [...written];
}
