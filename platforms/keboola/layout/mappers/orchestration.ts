import type { Json } from '../../../../model/text/json.ts';
import { namedId } from '../named-id.ts';
import { parsePhase, type OrchestrationPhase } from './orchestration-phase.ts';
import { parseTask, type OrchestrationTask } from './orchestration-task.ts';

/** The phases of an orchestration as they are written to files, and what is left out, in sentences. */
export interface Orchestration {
  /** Each phase comes after those that it depends on. */
  phases: OrchestrationPhase[];
  leftOut: string[];
}

/**
 * Reads the phases and tasks of an orchestration as the CLI does. Leaves out what the CLI cannot place, such
 * as a task without a phase, or one that runs something that does not exist.
 */
export function readOrchestration(
  phaseItems: readonly Json[],
  taskItems: readonly Json[],
  isThere: (task: OrchestrationTask) => boolean,
): Orchestration {
  const leftOut: string[] = [];
  const phases = new Map<string, OrchestrationPhase>();
  for (const [index, item] of phaseItems.entries()) {
    const phase = parsePhase(item);
    if (typeof phase === 'string') {
      leftOut.push(`Phase ${index + 1} ${phase}.`);
      continue;
    }
    if (phases.has(phase.id)) leftOut.push(`Phase ${namedId(phase.id)} occurs twice.`);
    phases.set(phase.id, phase);
  }
  for (const [index, item] of taskItems.entries()) {
    const task = parseTask(item);
    const problem = typeof task === 'string' ? task : addTask(task);
    if (problem !== null) leftOut.push(`Task ${index + 1} ${problem}.`);
  }
  for (const { id, dependsOn } of phases.values()) {
    if (!dependsOn.every((dependency) => phases.has(dependency)))
      leftOut.push(`Phase ${namedId(id)} depends on phases that do not exist.`);
  }
  return { phases: sortPhases(phases), leftOut };

  function addTask(task: OrchestrationTask): string | null {
    if (!isThere(task))
      return `runs ${namedId(task.componentId)}/${namedId(task.configId ?? '')}, which does not exist or has no place`;
    const phase = phases.get(task.phaseId);
    if (phase === undefined)
      return `belongs to phase ${namedId(task.phaseId)}, which does not exist`;
    phase.tasks.push(task);
    return null;
  }
}

/** Whether phases depend on each other in a circle. */
export function hasPhaseCircle(phaseItems: readonly Json[]): boolean {
  const { phases } = readOrchestration(phaseItems, [], () => true);
  const places = new Map(phases.map(({ id }, place) => [id, place]));
  // Each comes after those that it depends on, unless that is impossible.
  return phases.some(({ id, dependsOn }) =>
    dependsOn.some((other) => (places.get(other) ?? -1) >= (places.get(id) ?? -1)),
  );
}

/**
 * Sorts the phases so that each comes after those that it depends on, and otherwise keeps their order. Phases
 * that depend on each other in a circle are placed in the order in which the CLI visits them.
 */
function sortPhases(phases: ReadonlyMap<string, OrchestrationPhase>): OrchestrationPhase[] {
  const sorted: OrchestrationPhase[] = [];
  const met = new Set<OrchestrationPhase>();
  // Not recursive, because a chain of phases may be longer than the stack is deep.
  const walk: { phase: OrchestrationPhase; next: number }[] = [];
  for (const phase of phases.values()) {
    visit(phase);
    for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
      const id = top.phase.dependsOn[top.next++];
      if (id !== undefined) {
        visit(phases.get(id));
      } else {
        sorted.push(top.phase);
        walk.pop();
      }
    }
  }
  return sorted;

  function visit(phase: OrchestrationPhase | undefined): void {
    if (phase === undefined || met.has(phase)) return;
    met.add(phase);
    walk.push({ phase, next: 0 });
  }
}
