import type { Json } from '../../../../model/text/json.ts';
import { namedId } from '../named-id.ts';
import { parsePhase, type OrchestrationPhase } from './orchestration-phase.ts';
import { parseTask, type OrchestrationTask } from './orchestration-task.ts';

/** An orchestration as its files have it, and what of it they leave out. */
export interface Orchestration {
  /** Each after those that it depends on. */
  phases: OrchestrationPhase[];
  leftOut: string[];
}

/**
 * Reads the phases and tasks of an orchestration as the CLI does: what it cannot place (a task of no
 * phase, or that runs what is not there) is left out.
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
      leftOut.push(`phase ${index + 1} ${phase}`);
      continue;
    }
    if (phases.has(phase.id)) leftOut.push(`phase ${namedId(phase.id)} is there twice`);
    phases.set(phase.id, phase);
  }
  for (const [index, item] of taskItems.entries()) {
    const task = parseTask(item);
    const problem = typeof task === 'string' ? task : addTask(task);
    if (problem !== null) leftOut.push(`task ${index + 1} ${problem}`);
  }
  for (const { id, dependsOn } of phases.values()) {
    if (!dependsOn.every((dependency) => phases.has(dependency)))
      leftOut.push(`phase ${namedId(id)} depends on phases that are not there`);
  }
  return { phases: sortPhases(phases), leftOut };

  function addTask(task: OrchestrationTask): string | null {
    if (!isThere(task))
      return `runs ${namedId(task.componentId)}/${namedId(task.configId ?? '')}, not there`;
    const phase = phases.get(task.phaseId);
    if (phase === undefined) return `is of phase ${namedId(task.phaseId)}, not there`;
    phase.tasks.push(task);
    return null;
  }
}

/**
 * The phases so that each comes after those that it depends on, else in their order. Phases that
 * depend on each other in a ring stand where the CLI's walk meets them.
 */
function sortPhases(phases: ReadonlyMap<string, OrchestrationPhase>): OrchestrationPhase[] {
  const sorted: OrchestrationPhase[] = [];
  const met = new Set<OrchestrationPhase>();
  // A walk without recursion: a chain of phases may be longer than the stack is deep.
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
