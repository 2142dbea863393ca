import type { Json, JsonObject } from '../../../../model/text/json.ts';
import { withEntry, withoutKeys } from '../object-edit.ts';
import { idOf } from './orchestration-id.ts';

/** A task of an orchestration. */
export interface OrchestrationTask {
  readonly name: string;
  readonly enabled: boolean;
  readonly phaseId: string;
  readonly componentId: string;
  /** The configuration that it runs. `null` if it has its own data or is disabled. */
  readonly configId: string | null;
  /** Its other fields, with `task` in its original position. */
  readonly rest: JsonObject;
}

/** Parses a task, or returns the reason why the CLI leaves it out. */
export function parseTask(item: Json): OrchestrationTask | string {
  if (!(item instanceof Map)) return 'is not an object';
  if (idOf(item.get('id')) === null) return 'has no id';
  const name = item.get('name');
  if (typeof name !== 'string' || name === '') return 'has no name';
  const phaseId = idOf(item.get('phase'));
  if (phaseId === null) return 'names no phase';
  const target = item.get('task');
  const componentId = target instanceof Map ? target.get('componentId') : undefined;
  if (!(target instanceof Map) || typeof componentId !== 'string' || componentId === '') {
    return 'names no component';
  }
  const enabled = item.get('enabled');
  const isEnabled = typeof enabled === 'boolean' ? enabled : true;
  const rewritten = rewriteTarget(target, componentId, isEnabled);
  if (typeof rewritten === 'string') return rewritten;
  // The CLI writes such tasks, but cannot read what it wrote.
  if (enabled !== undefined && typeof enabled !== 'boolean')
    return 'has an "enabled" that is neither true nor false';
  const path = rewritten.configId === null ? target.get('configPath') : undefined;
  if (path !== undefined && path !== '') return 'names a path of the Keboola CLI';
  return {
    name,
    enabled: isEnabled,
    phaseId,
    componentId,
    configId: rewritten.configId,
    rest: withEntry(withoutKeys(item, 'id', 'name', 'phase', 'enabled'), 'task', rewritten.target),
  };
}

/** What a task runs, with the keys in the CLI's order. */
function rewriteTarget(
  target: JsonObject,
  componentId: string,
  isEnabled: boolean,
): { target: JsonObject; configId: string | null } | string {
  const rest = withoutKeys(target, 'componentId');
  const configId = target.get('configId');
  if (configId !== undefined && configId !== '') {
    if (typeof configId !== 'string') return 'runs a configuration whose id is not text';
    return { target: withoutKeys(rest, 'configId'), configId };
  }
  const data = target.get('configData');
  if (data !== undefined) {
    if (!(data instanceof Map)) return 'brings data that is not an object';
    const last = withoutKeys(rest, 'configData');
    return { target: last.set('configData', data).set('componentId', componentId), configId: null };
  }
  if (isEnabled) return 'runs no configuration';
  return { target: rest.set('componentId', componentId), configId: null };
}
