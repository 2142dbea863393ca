import type { Json, JsonObject } from '../../../../model/text/json.ts';
import { withoutKeys } from '../object-edit.ts';
import { idOf } from './orchestration-id.ts';
import type { OrchestrationTask } from './orchestration-task.ts';

/** A phase of an orchestration. */
export interface OrchestrationPhase {
  readonly id: string;
  readonly name: string;
  /** Ids of phases, as in the content. */
  readonly dependsOn: readonly string[];
  /** Its other fields. */
  readonly rest: JsonObject;
  readonly tasks: OrchestrationTask[];
}

/** Parses a phase, or returns the reason why the CLI leaves it out. */
export function parsePhase(item: Json): OrchestrationPhase | string {
  if (!(item instanceof Map)) return 'is not an object';
  const id = idOf(item.get('id'));
  if (id === null) return 'has no id';
  const name = item.get('name');
  if (typeof name !== 'string' || name === '') return 'has no name';
  const list = item.get('dependsOn');
  const dependsOn: string[] = [];
  for (const dependency of Array.isArray(list) ? list : []) {
    const dependencyId = idOf(dependency);
    if (dependencyId === null) return 'depends on something that is not an id';
    dependsOn.push(dependencyId);
  }
  return { id, name, dependsOn, rest: withoutKeys(item, 'id', 'name', 'dependsOn'), tasks: [] };
}
