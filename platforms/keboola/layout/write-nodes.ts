import { windowsFault } from '../../tree/windows-path.ts';
import type { Configuration, ConfigurationRow } from '../../../model/platform/project.ts';
import type { ObjectKey } from '../../../model/platform/tree.ts';
import { branchFiles } from './branches/branch-files.ts';
import { configFiles } from './configs/config-files.ts';
import type { FindingsLog } from './findings.ts';
import {
  keepNumbers,
  leaveUnplaced,
  type ConfigNode,
  type Layout,
  type LayoutNode,
  type RowNode,
} from './layout.ts';
import type { RenderStep } from './render-step.ts';
import type { TreeBuilder } from '../../tree/tree-builder.ts';

/** How to write objects. */
export interface WriteNodesOptions {
  root: string;
  steps: readonly RenderStep[];
  /** Returns the complete configuration for one of the layout. */
  whole: (config: Configuration) => Configuration;
  /** Whether to write a group's files. */
  isWanted: (group: ObjectKey) => boolean;
  log: FindingsLog;
}

/**
 * Writes the files of the wanted objects, and yields after each configuration with its rows. Returns all
 * objects that are in the tree, including those that were written before. It never includes a child without
 * its parent.
 */
export function* writeNodes(
  tree: TreeBuilder,
  layout: Layout,
  options: WriteNodesOptions,
): Generator<void, Set<LayoutNode>> {
  const written = new Set<LayoutNode>();
  for (const node of layout.nodes) {
    if (node.kind === 'row') continue;
    if (node.kind === 'branch') {
      options.log.during(node.key, () => writeBranch(node));
    } else if (!written.has(node.parent)) {
      if (node.parent.kind !== 'branch')
        leaveUnplaced(layout, node, 'It belongs to an object that could not be written.');
    } else if (options.isWanted(node.key)) {
      const whole = options.whole(node.config);
      options.log.during(node.key, () => writeConfig(node, whole));
      yield;
    } else {
      recall(node);
    }
  }
  return written;

  function writeBranch(node: LayoutNode & { kind: 'branch' }): void {
    add(node.key, node, () => branchFiles(node, options.root));
  }

  function writeConfig(node: ConfigNode, whole: Configuration): void {
    addObject(node, whole);
    if (!written.has(node)) return;
    // If the source returned a row twice, the first one is in the layout.
    const rows = new Map([...whole.rows].reverse().map((row) => [row.id, row]));
    for (const row of node.rows) {
      addObject(row, rows.get(row.row.id) ?? row.row);
    }
  }

  function addObject(node: ConfigNode | RowNode, whole: Configuration | ConfigurationRow): void {
    const group = node.kind === 'row' ? node.config.key : node.key;
    if (whole.exactNumbers !== undefined) keepNumbers(layout, node);
    add(group, node, () => configFiles(node, whole, options.steps, layout));
  }

  function recall(node: ConfigNode): void {
    const nodes = [node, ...node.rows];
    options.log.recall(node.key, nodes);
    for (const one of nodes)
      if (!options.log.hasFailed(node.key, one.key, 'configs')) written.add(one);
  }

  function add(
    group: ObjectKey,
    node: LayoutNode,
    files: () => Parameters<TreeBuilder['add']>[0],
  ): void {
    try {
      const drafts = files();
      tree.add(drafts);
      written.add(node);
      const [fault] = drafts.flatMap(({ path }) => windowsFault(path) ?? []);
      if (fault !== undefined) layout.warnings.push({ owner: node.key, message: fault });
    } catch (error) {
      options.log.failed(group, { key: node.key, folder: 'configs' }, error);
    }
  }
}
