import type { Json, JsonObject } from '../../../../model/text/json.ts';
import { configKey } from '../../../../model/platform/object-key.ts';
import { keepWhole, type ConfigNode, type Layout } from '../layout.ts';
import { objectAt, withEntry, withoutKeys } from '../object-edit.ts';
import type { NodeFiles, RenderStep } from '../render-step.ts';
import { below, numberedName } from '../../../tree/unique-paths.ts';
import { orchestrator } from './components.ts';
import { readOrchestration } from './orchestration.ts';
import type { OrchestrationPhase } from './orchestration-phase.ts';
import type { OrchestrationTask } from './orchestration-task.ts';

const maxNamed = 20;

/** Writes an orchestration's phases and tasks as files, in which tasks refer to what they run by its path. */
export const orchestrations: RenderStep = {
  name: 'orchestrations',
  looksAt: ['tasks.*.task.componentId', 'tasks.*.task.configId'],
  write(node, files, layout) {
    if (node.kind === 'config' && node.component.id === orchestrator) {
      writeOrchestration(node, files, layout);
    }
  },
};

function writeOrchestration(node: ConfigNode, files: NodeFiles, layout: Layout): void {
  // The CLI cannot read an orchestration without this folder.
  files.others.set('phases/.gitkeep', '');
  const { phases, leftOut } = readOrchestration(
    listAt(files.config, 'phases'),
    listAt(files.config, 'tasks'),
    (task) => task.configId === null || findTarget(task, node, layout) !== null,
  );
  if (leftOut.length > 0) {
    const more = leftOut.length > maxNamed ? ` (and ${leftOut.length - maxNamed} more)` : '';
    keepWhole(layout, node, `${leftOut.slice(0, maxNamed).join(' ')}${more}`);
  }

  files.config = withoutLists(files.config, 'phases', 'tasks');
  const order = new Map(phases.map(({ id }, index) => [id, index]));
  const names = phases.map(({ name }, index) => numberedName(index, name));
  for (const [phaseIndex, phase] of phases.entries()) {
    const phasePath = `phases/${names[phaseIndex] ?? ''}`;
    files.others.set(`${phasePath}/phase.json`, phaseContent(phase, order, names));
    for (const [index, task] of phase.tasks.entries()) {
      files.others.set(
        `${phasePath}/${numberedName(index, task.name)}/task.json`,
        taskContent(task, node, layout),
      );
    }
  }
}

/** The phases that a phase depends on are listed in the order of all phases. */
function phaseContent(
  { name, dependsOn, rest }: OrchestrationPhase,
  order: ReadonlyMap<string, number>,
  names: readonly string[],
): JsonObject {
  const paths = dependsOn
    .flatMap((id) => order.get(id) ?? [])
    .sort((a, b) => a - b)
    .map((index) => names[index] ?? '');
  return new Map<string, Json>([['name', name], ['dependsOn', paths], ...rest]);
}

function taskContent(task: OrchestrationTask, node: ConfigNode, layout: Layout): JsonObject {
  const content = new Map<string, Json>([
    ['name', task.name],
    ['enabled', task.enabled],
    ...task.rest,
  ]);
  const target = findTarget(task, node, layout);
  const run = objectAt(content, 'task');
  if (target === null || run === null) return content;
  return content.set('task', withEntry(run, 'configPath', below(node.parent.path, target.path)));
}

/** What a task runs, if it has a place: the CLI cannot read a task without the path of what it runs. */
function findTarget(
  { componentId, configId }: OrchestrationTask,
  { branch }: ConfigNode,
  layout: Layout,
): ConfigNode | null {
  if (configId === null) return null;
  const found = layout.byKey.get(configKey(branch.branch.id, componentId, configId));
  return found?.kind === 'config' && found.path !== '' ? found : null;
}

/** The list with this key, empty if there is none. */
function listAt(object: JsonObject, key: string): Json[] {
  const value = object.get(key);
  return Array.isArray(value) ? value : [];
}

/** The content without these lists. What is not a list stays, because the CLI does not remove it. */
function withoutLists(object: JsonObject, ...keys: string[]): JsonObject {
  return withoutKeys(object, ...keys.filter((key) => Array.isArray(object.get(key))));
}
