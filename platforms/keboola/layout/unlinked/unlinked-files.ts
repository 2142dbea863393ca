import type { Configuration, ConfigurationRow } from '../../../../model/platform/project.ts';
import type {
  GivenPaths,
  ObjectKey,
  UnlinkedFile,
  UnlinkedObject,
} from '../../../../model/platform/tree.ts';
import { configFiles, numbersFile } from '../configs/config-files.ts';
import type { BranchNode, ConfigNode, Layout, LayoutNode, RowNode } from '../layout.ts';
import type { DraftFile, TreeBuilder } from '../../../tree/tree-builder.ts';
import type { WriteNodesOptions } from '../write-nodes.ts';
import { unlinkedConfigs, unlinkedPath, unlinkedRoot } from './unlinked-layout.ts';
import { unlinkedManifest, type UnlinkedEntry } from './unlinked-manifest.ts';

/** What was written next to the CLI's folder. */
export interface Unlinked {
  objects: UnlinkedObject[];
  /** The directories of configurations and rows that are only there. */
  paths: Map<ObjectKey, string>;
}

/** How to write it: like the objects in the CLI's folder, but without rules. */
export type WriteUnlinkedOptions = Omit<WriteNodesOptions, 'steps'> & { givenPaths: GivenPaths };

interface IncompleteFile {
  node: ConfigNode | RowNode;
  file: UnlinkedFile;
  reasons: string[];
}

interface BranchEntries {
  configurations: UnlinkedEntry[];
  incomplete: UnlinkedEntry[];
}

/**
 * Writes what the CLI's layout leaves out to `unlinked/`, next to the CLI's folder: configurations that have
 * no place, with their rows, and the complete content of objects that are only partly in the CLI's folder, at
 * the same path. Writes nothing if the CLI's folder is the root of the tree, because nothing can be next to
 * it.
 */
export function writeUnlinked(
  tree: TreeBuilder,
  layout: Layout,
  written: ReadonlySet<LayoutNode>,
  { root, givenPaths, whole, isWanted, log }: WriteUnlinkedOptions,
): Unlinked {
  const result: Unlinked = { objects: [], paths: new Map() };
  const unlinked = unlinkedRoot(root);
  if (unlinked === null) return result;
  const byBranch = new Map<BranchNode, BranchEntries>();

  for (const { original, beside } of unlinkedConfigs(layout, { givenPaths, root })) {
    const nodes = [beside, ...beside.rows];
    if (isWanted(beside.key)) {
      const config = whole(beside.config);
      log.during(beside.key, () =>
        add(beside.key, beside, () =>
          nodes.flatMap((node) => {
            const object = wholeObject(node, config);
            const numbers = numbersFile(`${node.path}/numbers.json`, node, object);
            return [...configFiles(node, object, [], layout), ...numbers];
          }),
        ),
      );
    } else {
      log.recall(beside.key, nodes);
    }
    if (log.hasFailed(beside.key, beside.key, 'unlinked')) continue;
    for (const { key, path } of nodes) result.paths.set(key, path);
    const reasons = layout.unplaced.get(original) ?? [];
    entriesOf(original.branch).configurations.push({ node: beside, path: beside.path, reasons });
  }
  for (const { node, file, reasons } of byFile(layout.incomplete)) {
    if (!written.has(node)) continue;
    const config = node.kind === 'row' ? node.config : node;
    const path = `${unlinkedPath(node.path, root, unlinked)}/${file}`;
    if (isWanted(config.key)) {
      const object = wholeObject(node, whole(config.config));
      log.during(config.key, () =>
        add(config.key, node, () =>
          file === 'numbers.json'
            ? numbersFile(path, node, object)
            : [{ path, owner: node.key, content: object.content }],
        ),
      );
    }
    if (log.hasFailed(config.key, node.key, 'unlinked')) continue;
    entriesOf(branchOf(node)).incomplete.push({ node, path, reasons });
  }
  for (const [branch, { configurations, incomplete }] of byBranch) {
    const folder = unlinkedPath(branch.path, root, unlinked);
    const content = unlinkedManifest(folder, configurations, incomplete);
    add(branch.key, branch, () => [
      { path: `${folder}/manifest.json`, owner: branch.key, content },
    ]);
    for (const { node, path, reasons } of [...configurations, ...incomplete]) {
      result.objects.push({ owner: node.key, path, reasons: [...reasons] });
    }
  }
  return result;

  function add(group: ObjectKey, { key }: LayoutNode, files: () => DraftFile[]): void {
    try {
      tree.add(files());
    } catch (error) {
      log.failed(group, { key, folder: 'unlinked' }, error);
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

/** A node's object from its complete configuration. If a row occurs twice, the first one. */
function wholeObject(
  node: ConfigNode | RowNode,
  config: Configuration,
): Configuration | ConfigurationRow {
  if (node.kind === 'config') return config;
  return config.rows.find(({ id }) => id === node.row.id) ?? node.row;
}

/** What goes to the same file, with all of its reasons. */
function byFile(incomplete: Layout['incomplete']): IncompleteFile[] {
  const files = new Map<string, IncompleteFile>();
  for (const { node, file, reason } of incomplete) {
    const name = `${node.key}/${file}`;
    const known = files.get(name);
    if (known === undefined) files.set(name, { node, file, reasons: [reason] });
    else known.reasons.push(reason);
  }
  return [...files.values()];
}
