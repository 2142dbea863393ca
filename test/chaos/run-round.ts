import { setTimeout as sleep } from 'node:timers/promises';
import { healAll, letFail } from './driver/faults.ts';
import type { Stage } from './driver/stage.ts';
import { doWork } from './driver/work.ts';
import { checkRound, type Histories } from './invariants/check-round.ts';
import { isWork, type Action } from './plan/actions.ts';

/** How long everything may take to settle after a round, in milliseconds. */
const usualPatience = 120_000;

/** A round that has ended; `problems` is empty if everything that must be so is so. */
export interface RoundResult {
  problems: string[];
  /** How long it took until all was settled after the last fault had ended, in milliseconds. */
  settledIn: number;
}

/** Lets everything happen at its time, ends all faults, and checks what has become of it. */
export async function runRound(
  stage: Stage,
  histories: Histories,
  actions: readonly Action[],
): Promise<RoundResult> {
  const untold = stage.ledger.untold;
  stage.ledger.beginRound();
  await Promise.all(
    actions.map(async ({ at, ...action }) => {
      await sleep(at);
      await (isWork(action) ? doWork(stage, action) : letFail(stage, action));
    }),
  );
  // A workflow that was ended while it had nothing to do runs again at the next change, or at the next look at the whole project.
  const ended = actions.some((action) => action.do === 'end-workflow');
  const catchUp = ended || stage.ledger.wasRestored || stage.ledger.untold > untold;
  return settle(stage, histories, { catchUp });
}

/** Ends all faults, and checks what has become of everything; `catchUp` has the whole project read. */
export async function settle(
  stage: Stage,
  histories: Histories,
  { catchUp = false, patience = usualPatience }: { catchUp?: boolean; patience?: number } = {},
): Promise<RoundResult> {
  await healAll(stage);
  const healed = Date.now();
  const problems = await checkRound(stage, histories, { patience, catchUp });
  return { problems, settledIn: Date.now() - healed };
}
