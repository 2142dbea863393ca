import type { JsonObject } from '../../../../model/text/json.ts';
import { configKey } from '../../../../model/platform/object-key.ts';
import { nameOrId } from '../configs/config-path.ts';
import { editContent, leaveUnplaced, type ConfigNode, type Layout } from '../layout.ts';
import { namedId } from '../named-id.ts';
import { fillTemplate, namingTemplates } from '../naming-templates.ts';
import { objectAt, textAt, withEntry, withoutKeys } from '../object-edit.ts';
import type { RenderStep } from '../render-step.ts';
import { scheduler } from './components.ts';

/** Nests schedules in the configuration that they run. Schedules that do not run anything have no place. */
export const schedules: RenderStep = {
  name: 'schedules',
  looksAt: ['target.componentId', 'target.configurationId'],
  arrange(layout) {
    for (const node of layout.nodes) {
      if (node.kind === 'config' && node.component.id === scheduler) place(layout, node);
    }
  },
};

function place(layout: Layout, node: ConfigNode): void {
  const target = objectAt(node.content, 'target');
  const componentId = target && textAt(target, 'componentId');
  const configId = target && textAt(target, 'configurationId');
  if (target === null || componentId === null || configId === null) {
    leaveUnplaced(layout, node, 'The schedule names no configuration to run.');
    return;
  }
  const parent = layout.byKey.get(configKey(node.branch.branch.id, componentId, configId));
  if (parent === undefined) {
    leaveUnplaced(
      layout,
      node,
      `The schedule runs ${namedId(componentId)}/${namedId(configId)}, which does not exist.`,
    );
    return;
  }
  node.parent = parent;
  node.wantedPath = fillTemplate(namingTemplates.schedulerConfig, {
    config_name: nameOrId(node.config.name, node.config.id),
  });
  node.relations = [
    new Map([
      ['componentId', componentId],
      ['configId', configId],
      ['type', 'schedulerFor'],
    ]),
  ];
  editContent(node, (content) =>
    withEntry(content, 'target', withoutTarget(objectAt(content, 'target') ?? target)),
  );
}

function withoutTarget(target: JsonObject): JsonObject {
  return withoutKeys(target, 'componentId', 'configurationId');
}
