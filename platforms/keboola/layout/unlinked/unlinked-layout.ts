import type { GivenPaths } from '../../../../model/platform/tree.ts';
import { configPath, rowPath } from '../configs/config-path.ts';
import { givePaths } from '../give-paths.ts';
import type { BranchNode, ConfigNode, Layout, LayoutNode, RowNode } from '../layout.ts';
import { below, joinPath } from '../../../tree/unique-paths.ts';

/** A configuration that has no place in the CLI's layout, and the same one at its path in `unlinked/`. */
export interface UnlinkedConfig {
  readonly original: ConfigNode;
  readonly beside: ConfigNode;
}

/**
 * The folder next to the CLI's folder for what the CLI leaves out. `null` if the CLI's folder is the root.
 */
export function unlinkedRoot(root: string): string | null {
  if (root === '') return null;
  return joinPath(root.slice(0, Math.max(root.lastIndexOf('/'), 0)), 'unlinked');
}

/** The path in `unlinked/` that corresponds to a path in the CLI's folder. */
export function unlinkedPath(path: string, root: string, unlinked: string): string {
  return joinPath(unlinked, below(root, path));
}

/**
 * The configurations that have no place in the CLI's layout, in their plain form, each below a folder for its
 * branch that has the same name as in the CLI's folder. Their paths are kept and changed by the same rules.
 */
export function unlinkedConfigs(
  { unplaced, nodes: placed }: Pick<Layout, 'unplaced' | 'nodes'>,
  { givenPaths, root }: { givenPaths: GivenPaths; root: string },
): UnlinkedConfig[] {
  const unlinked = unlinkedRoot(root);
  if (unlinked === null || unplaced.size === 0) return [];
  const nodes: LayoutNode[] = [];
  const branches = new Map<BranchNode, BranchNode>();
  const configs: UnlinkedConfig[] = [];
  for (const original of unplaced.keys()) {
    let branch = branches.get(original.branch);
    if (branch === undefined) {
      branch = { ...original.branch, wantedPath: below(root, original.branch.path), path: '' };
      branches.set(original.branch, branch);
      nodes.push(branch);
    }
    const beside = genericConfig(original, branch);
    nodes.push(beside, ...beside.rows);
    configs.push({ original, beside });
  }

  const given = new Map(givenPaths);
  for (const { key } of branches.values()) {
    const path = givenPaths.get(key);
    if (path !== undefined) given.set(key, unlinkedPath(path, root, unlinked));
  }
  // The content of what is in the CLI's layout may go there, too, to the same path.
  const taken = new Set(
    placed.flatMap(({ kind, path }) =>
      kind === 'branch' ? [] : [unlinkedPath(path, root, unlinked)],
    ),
  );
  givePaths(nodes, given, unlinked, (path) => taken.has(path));
  return configs;
}

/** The configuration and its rows as the source returned them, as if there were no special rules. */
function genericConfig(original: ConfigNode, branch: BranchNode): ConfigNode {
  const config: ConfigNode = {
    ...original,
    branch,
    parent: branch,
    rows: [],
    content: original.config.content,
    edits: [],
    relations: [],
    sharedCodeTarget: null,
    wantedPath: configPath(original.component, original.config),
    path: '',
  };
  for (const { key, row } of original.rows) {
    const rowNode: RowNode = {
      kind: 'row',
      key,
      config,
      row,
      parent: config,
      content: row.content,
      edits: [],
      relations: [],
      wantedPath: rowPath(row),
      path: '',
    };
    config.rows.push(rowNode);
  }
  return config;
}
