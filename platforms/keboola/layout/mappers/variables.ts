import { configKey, rowKey } from '../../../../model/platform/object-key.ts';
import { compareBytes } from '../../../tree/byte-order.ts';
import {
  editContent,
  keepWhole,
  leaveUnplaced,
  type ConfigNode,
  type Layout,
  type LayoutNode,
  type RowNode,
} from '../layout.ts';
import { namedId } from '../named-id.ts';
import { fillTemplate, namingTemplates } from '../naming-templates.ts';
import { textAt, withoutKeys } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { nameRows } from '../configs/config-path.ts';
import { sharedCode, variables as variablesComponent } from './components.ts';

/**
 * Nests variables in the one object that uses them, a configuration or a row of shared code, and removes
 * their id from it. If a row of shared code and something else use them, they are an ordinary configuration
 * that is related to each of these. Variables that no configuration uses, or that several use, have no place.
 */
export const variables: RenderStep = {
  name: 'variables',
  looksAt: ['variables_id', 'variables_values_id'],
  arrange(layout) {
    const uses = findUses(layout);
    for (const node of layout.nodes) {
      if (!isVariables(node)) continue;
      nameRows(node, namingTemplates.variablesValuesRow);
      place(layout, node, uses.get(node) ?? []);
    }
  },
};

/** An object that uses variables. */
interface Use {
  readonly user: ConfigNode | RowNode;
  /** The id of the row with the values that a configuration uses by default. */
  readonly valuesId: string | null;
}

/**
 * Finds the users of variables, and removes the variables' ids from their contents, because the relation now
 * contains them.
 */
function findUses(layout: Layout): Map<ConfigNode, Use[]> {
  const uses = new Map<ConfigNode, Use[]>();
  for (const user of layout.nodes) {
    if (user.kind === 'branch') continue;
    if (user.kind === 'row' && user.config.component.id !== sharedCode) continue;
    const variablesId = textAt(user.content, 'variables_id');
    if (variablesId === null) continue;
    const valuesId = user.kind === 'config' ? textAt(user.content, 'variables_values_id') : null;
    const named = ['variables_id', ...(valuesId === null ? [] : ['variables_values_id'])];
    editContent(user, (content) => withoutKeys(content, ...named));

    const branchId = (user.kind === 'row' ? user.config : user).branch.branch.id;
    const used = layout.byKey.get(configKey(branchId, variablesComponent, variablesId));
    if (used === undefined || !isVariables(used)) {
      keepWhole(layout, user, `Its variables ${namedId(variablesId)} do not exist.`);
      continue;
    }
    const known = uses.get(used);
    if (known === undefined) uses.set(used, [{ user, valuesId }]);
    else known.push({ user, valuesId });
  }
  return uses;
}

function place(layout: Layout, node: ConfigNode, uses: readonly Use[]): void {
  // More than one configuration is too many. The variables then stay with the rows of shared code that use
  // them.
  const ofRows = uses.filter(({ user }) => user.kind === 'row');
  const related = uses.length - ofRows.length > 1 ? ofRows : uses;
  for (const { user } of uses) {
    if (!related.some((use) => use.user === user))
      keepWhole(layout, user, `Others use its variables ${namedId(node.config.id)} as well.`);
  }
  const [first, ...others] = related;
  if (first === undefined) {
    const count = uses.length === 0 ? 'No configuration uses' : `${uses.length} objects use`;
    leaveUnplaced(layout, node, `${count} these variables.`);
    return;
  }
  if (others.length === 0) {
    node.parent = first.user;
    node.wantedPath = namingTemplates.variablesConfig;
  }
  node.relations = related
    .map(({ user }) => user)
    .sort(byIds)
    .map(relationTo);
  for (const { user, valuesId } of related) {
    if (valuesId !== null) markDefaultValues(layout, node, user, valuesId);
  }
}

/** The order in which the platform lists users says nothing, and must not change the manifest. */
function byIds(one: ConfigNode | RowNode, other: ConfigNode | RowNode): number {
  const key = (user: ConfigNode | RowNode) => {
    const { component, config } = user.kind === 'row' ? user.config : user;
    return [component.id, config.id, user.kind === 'row' ? user.row.id : ''].join('\0');
  };
  return compareBytes(key(one), key(other));
}

function relationTo(user: ConfigNode | RowNode): Map<string, string> {
  if (user.kind === 'row') {
    return new Map([
      ['configId', user.config.config.id],
      ['rowId', user.row.id],
      ['type', 'sharedCodeVariablesFor'],
    ]);
  }
  return new Map([
    ['componentId', user.component.id],
    ['configId', user.config.id],
    ['type', 'variablesFor'],
  ]);
}

/** Names the row with the user's default values `default`, whatever its own name is. */
function markDefaultValues(
  layout: Layout,
  node: ConfigNode,
  user: ConfigNode | RowNode,
  valuesId: string,
): void {
  const { branch, component, config } = node;
  const values = layout.byKey.get(rowKey(branch.branch.id, component.id, config.id, valuesId));
  if (values?.kind !== 'row') {
    keepWhole(layout, user, `Its values ${namedId(valuesId)} of variables do not exist.`);
    return;
  }
  values.wantedPath = fillTemplate(namingTemplates.variablesValuesRow, {
    config_row_name: 'default',
  });
  values.relations = [new Map([['type', 'variablesValuesFor']])];
}

function isVariables(node: LayoutNode): node is ConfigNode {
  return node.kind === 'config' && node.component.id === variablesComponent;
}
