import { branchKey, configKey, rowKey } from '../../../model/platform/object-key.ts';
import type { Component, Configuration, PlatformProject } from '../../../model/platform/project.ts';
import type { ObjectKey } from '../../../model/platform/tree.ts';
import { isBranchAllowed } from './allowed-branches.ts';
import { branchPath } from './branches/branch-path.ts';
import { compareBytes } from '../../tree/byte-order.ts';
import { configPath, rowPath } from './configs/config-path.ts';
import { bucketPrefixes } from './bucket-prefixes.ts';
import { isTransformation } from './mappers/components.ts';
import { readabilityOf } from './readability.ts';
import {
  leaveUnplaced,
  type BranchNode,
  type ConfigNode,
  type Layout,
  type LayoutNode,
  type RowNode,
} from './layout.ts';

/** Components whose configurations the CLI never loads: they are workspaces, not definitions. */
const ignoredComponents: ReadonlySet<string> = new Set(['keboola.sandboxes']);

/** The project's objects below their natural parents: branch, configuration, row. */
export function buildLayout(
  project: PlatformProject,
  options: { allowedBranches: readonly string[]; branchPath: 'name' | 'main' },
): Layout {
  const components = new Map(project.components.map((component) => [component.id, component]));
  const byKey = new Map<ObjectKey, LayoutNode>();
  const layout: Layout = {
    nodes: [],
    byKey,
    bucketPrefixes: bucketPrefixes(project.components),
    unplaced: new Map(),
    incomplete: [],
    warnings: [],
  };
  const ignored = new Set<ObjectKey>();

  function add(node: LayoutNode): boolean {
    if (!isFirst(node)) return false;
    byKey.set(node.key, node);
    layout.nodes.push(node);
    return true;
  }

  function isFirst({ key }: LayoutNode): boolean {
    if (!byKey.has(key) && !ignored.has(key)) return true;
    layout.warnings.push({
      owner: key,
      message: 'The source returned it twice; only the first one is used.',
    });
    return false;
  }

  // The folder of the default branch is `main`, whatever the names of other branches are.
  const branches = project.branches
    .filter((branch) => isBranchAllowed(branch, options.allowedBranches))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  for (const branch of branches) {
    const node: BranchNode = {
      kind: 'branch',
      key: branchKey(branch.id),
      branch,
      parent: null,
      wantedPath: branchPath(branch, options.branchPath),
      path: '',
    };
    if (!add(node)) continue;
    for (const config of branch.configurations) addConfig(node, config);
  }
  return layout;

  function addConfig(branch: BranchNode, config: Configuration): void {
    const component = components.get(config.componentId) ?? unknownComponent(config.componentId);
    const node: ConfigNode = {
      kind: 'config',
      key: configKey(branch.branch.id, config.componentId, config.id),
      branch,
      component,
      config,
      rows: [],
      parent: branch,
      content: config.content,
      edits: [],
      relations: [],
      sharedCodeTarget: null,
      wantedPath: configPath(component, config),
      path: '',
    };
    const left = whyLeftOut(config, component);
    const isIgnored = left !== null;
    if (left !== null) {
      if (!isFirst(node)) return;
      ignored.add(node.key);
      leaveUnplaced(layout, node, left);
    } else {
      if (!add(node)) return;
      if (!components.has(config.componentId)) {
        layout.warnings.push({
          owner: node.key,
          message: `The platform does not list the component ${config.componentId}; its type is assumed to be "other".`,
        });
      }
    }
    for (const row of [...config.rows].sort((a, b) => compareBytes(a.name, b.name))) {
      const rowNode: RowNode = {
        kind: 'row',
        key: rowKey(branch.branch.id, config.componentId, config.id, row.id),
        config: node,
        row,
        parent: node,
        content: row.content,
        edits: [],
        relations: [],
        wantedPath: rowPath(row),
        path: '',
      };
      if (isIgnored ? !isFirst(rowNode) : !add(rowNode)) continue;
      if (isIgnored) ignored.add(rowNode.key);
      node.rows.push(rowNode);
    }
  }
}

/** Why the CLI never loads a configuration; `null` if it does. */
function whyLeftOut(config: Configuration, component: Component): string | null {
  const { componentId } = config;
  if (ignoredComponents.has(componentId)) return `The Keboola CLI leaves ${componentId} out.`;
  const { problem, problemAsTransformation } = readabilityOf(config);
  return problem ?? (isTransformation(component) ? problemAsTransformation : null);
}

function unknownComponent(id: string): Component {
  return { id, type: 'other', name: id, flags: [], defaultBucketStage: null };
}
