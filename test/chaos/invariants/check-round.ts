import { setTimeout as sleep } from 'node:timers/promises';
import { catchUpWorkflowId } from '../../../model/mirror/ids.ts';
import { report } from '../driver/report.ts';
import { call } from '../driver/ask.ts';
import { settleConflicts } from '../driver/settle-conflicts.ts';
import { mirrorKey, spacePath, waiting, type Stage } from '../driver/stage.ts';
import type { Product } from '../plan/actions.ts';
import { BranchHistory } from './branch-history.ts';
import { changeProblems } from './changes.ts';
import { foreignProblems } from './foreign.ts';
import { renderProblems } from './fresh-render.ts';
import { leftOver } from './left-over.ts';
import { saveProblems } from './saves.ts';
import { workflowProblems } from './workflows.ts';

/** Histories of both branches, which are read on from round to round. */
export type Histories = Record<Product, BranchHistory>;

/** The histories of a new stage. */
export function newHistories({ repositories }: Stage): Histories {
  return {
    mirror: new BranchHistory(repositories.mirror, /^([+-])(describe [\d.]+)$/),
    space: new BranchHistory(repositories.space, /^([+-])- (save [\d.]+)$/),
  };
}

/**
 * Waits, when all is up, until nothing is left to do, and then checks what must be so. Returns what is not; empty if all is
 * well. `patience` is in milliseconds.
 */
export async function checkRound(
  stage: Stage,
  histories: Histories,
  { patience, catchUp }: { patience: number; catchUp: boolean },
): Promise<string[]> {
  const deadline = Date.now() + patience;
  let asked = !catchUp;
  let open: string[];
  for (;;) {
    // Only then may people clash, and only some: otherwise an open conflict is one of what is not settled.
    if (stage.ledger.wasRestored) await settleConflicts(stage).catch(() => undefined);
    open = await unsettled(stage, asked).catch((error: unknown) => [String(error)]);
    if (open.length === 0 && asked) break;
    if (open.length === 0) asked = await requestCatchUp(stage);
    else if (Date.now() > deadline) break;
    await sleep(250);
  }
  for (const history of Object.values(histories)) await history.read();
  return [
    ...open,
    ...(await changeProblems(stage, histories.mirror)),
    ...(await saveProblems(stage, histories.space)),
    ...(await foreignProblems(stage, histories)),
    ...(await leftOver(stage)),
  ];
}

/** What is still to be done. */
async function unsettled(stage: Stage, toTheEnd: boolean): Promise<string[]> {
  await report(stage);
  const unreported = stage.ledger.changes.filter(({ answer }) => answer === 'unknown');
  if (unreported.length > 0) return [`${unreported.length} events are not accepted.`];
  const open = [...(await waiting(stage)), ...(await unread(stage))];
  if (open.length > 0 || !toTheEnd) return open;
  return [...(await workflowProblems(stage)), ...(await renderProblems(stage))];
}

/** Whether the space has read what was pushed last. */
async function unread({ world, repositories }: Stage): Promise<string[]> {
  const { syncedCommit } = await call<{ syncedCommit: string | null }>(world, 'GET', spacePath);
  const tip = await repositories.space.tip();
  return syncedCommit === tip ? [] : [`The space has not read ${tip ?? 'the branch'}.`];
}

/** Has the whole project read, as its Schedule does from time to time. */
async function requestCatchUp({ world }: Stage): Promise<boolean> {
  await world.client.schedule.getHandle(catchUpWorkflowId(mirrorKey.projectId)).trigger();
  return true;
}
