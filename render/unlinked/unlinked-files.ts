import type { GivenPaths, ObjectKey, UnlinkedObject } from '../../model/tree.ts';
import { configFiles } from '../configs/config-files.ts';
import type { BranchNode, ConfigNode, Layout, LayoutNode, RowNode } from '../layout.ts';
import type { DraftFile, TreeBuilder } from '../tree-builder.ts';
import { unlinkedConfigs, unlinkedPath, unlinkedRoot } from './unlinked-layout.ts';
import { unlinkedManifest, type UnlinkedEntry } from './unlinked-manifest.ts';

/** What was written beside the CLI's folder. */
export interface Unlinked {
  objects: UnlinkedObject[];
  /** The directories of the configurations and rows that are there only. */
  paths: Map<ObjectKey, string>;
}

interface BranchEntries {
  configurations: UnlinkedEntry[];
  incomplete: UnlinkedEntry[];
}

/**
 * Writes what the CLI's layout leaves out to `unlinked/`, beside its folder: configurations without a
 * place, with their rows, and the whole content of objects that it holds in part, at the same path as
 * there. Where the CLI's folder is the top of the tree, nothing is beside it, and nothing written.
 */
export function writeUnlinked(
  tree: TreeBuilder,
  layout: Layout,
  written: ReadonlySet<LayoutNode>,
  { root, givenPaths }: { root: string; givenPaths: GivenPaths },
): Unlinked {
  const result: Unlinked = { objects: [], paths: new Map() };
  const unlinked = unlinkedRoot(root);
  if (unlinked === null) return result;
  const byBranch = new Map<BranchNode, BranchEntries>();

  for (const { original, beside } of unlinkedConfigs(layout, { givenPaths, root, unlinked })) {
    const nodes = [beside, ...beside.rows];
    if (!add(beside, () => nodes.flatMap((node) => configFiles(node, [], layout)))) continue;
    for (const { key, path } of nodes) result.paths.set(key, path);
    const reasons = layout.unplaced.get(original) ?? [];
    entriesOf(original.branch).configurations.push({ node: beside, path: beside.path, reasons });
  }
  for (const [node, reasons] of layout.incomplete) {
    if (!written.has(node)) continue;
    const path = `${unlinkedPath(node.path, root, unlinked)}/config.json`;
    const { content } = node.kind === 'row' ? node.row : node.config;
    if (!add(node, () => [{ path, owner: node.key, content }])) continue;
    entriesOf(branchOf(node)).incomplete.push({ node, path, reasons });
  }
  for (const [branch, { configurations, incomplete }] of byBranch) {
    const folder = unlinkedPath(branch.path, root, unlinked);
    const content = unlinkedManifest(folder, configurations, incomplete);
    add(branch, () => [{ path: `${folder}/manifest.json`, owner: branch.key, content }]);
    for (const { node, path, reasons } of [...configurations, ...incomplete]) {
      result.objects.push({ owner: node.key, path, reasons: [...reasons] });
    }
  }
  return result;

  function add({ key }: LayoutNode, files: () => DraftFile[]): boolean {
    try {
      tree.add(files());
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      layout.warnings.push({ owner: key, message: `It could not be written: ${reason}` });
      return false;
    }
  }

  function entriesOf(branch: BranchNode): BranchEntries {
    let entries = byBranch.get(branch);
    if (entries === undefined)
      byBranch.set(branch, (entries = { configurations: [], incomplete: [] }));
    return entries;
  }
}

function branchOf(node: ConfigNode | RowNode): BranchNode {
  return (node.kind === 'row' ? node.config : node).branch;
}
