import { parseArgs } from 'node:util';
import { setStage, type Stage } from './driver/stage.ts';
import { newHistories, type Histories } from './invariants/check-round.ts';
import type { Save } from './ledger.ts';
import { describeAction, type Action } from './plan/actions.ts';
import { faultNames, planDrill, planRound } from './plan/plan-round.ts';
import { runRound } from './run-round.ts';
import { World } from './world.ts';

/*
 * Breaks Gitward at random, and checks after each round that it kept its promises:
 *
 *     npm run chaos -- --rounds 1000 [--seed 4711] [--only kill-worker,restore]
 *
 *     npm run chaos -- --drill 60 [--seed 4711]
 *
 * Each round has a seed of its own, one more than the one before, which decides everything that happens in it. It stops at
 * the first round that fails. A drill is a single long round, of so many minutes, without a fault until the database is put
 * back to how it was at the beginning.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string' },
    only: { type: 'string' },
    drill: { type: 'string' },
  },
});

const rounds = Number(values.rounds);
const first = Number(values.seed ?? Date.now() % 1_000_000);
const only = values.only?.split(',') ?? [];
for (const name of only)
  if (!faultNames().includes(name))
    throw new Error(`There is no fault "${name}": use some of ${faultNames().join(', ')}.`);

const world = await World.start({ dist: 'dist' });
let failed = true;
process.once('SIGINT', () => void world.stop().then(() => process.exit(130)));
try {
  if (!world.disk.canBeFilled)
    console.log('No small disk can be mounted here, so none is filled: that takes root.');
  const stage = await setStage(world);
  const histories = newHistories(stage);
  failed =
    values.drill === undefined
      ? !(await runRounds(stage, histories))
      : !(await runDrill(stage, histories, Number(values.drill)));
  const { changes, saves, foreign } = stage.ledger;
  console.log(
    `\n${changes.length} changes, ${saves.length} saves, ${foreign.length} commits of others.`,
  );
} finally {
  await world.stop({ keep: failed });
  if (failed) console.log(`The logs of the processes are in ${world.directory}/logs.`);
}
process.exitCode = failed ? 1 : 0;

/** Runs rounds until one fails; returns whether all were well. */
async function runRounds(stage: Stage, histories: Histories): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    const seed = first + round;
    const actions = planRound(seed, only);
    console.log(`\nRound ${round + 1} of ${rounds}, seed ${seed}`);
    for (const action of actions) console.log(`  ${describeAction(action)}`);
    if (await runOne(stage, histories, actions)) continue;
    const again = only.length === 0 ? '' : ` --only ${only.join(',')}`;
    console.log(`\nTo see this again: npm run chaos -- --seed ${seed} --rounds 1${again}`);
    console.log(
      `With the rounds before: npm run chaos -- --seed ${first} --rounds ${round + 1}${again}`,
    );
    return false;
  }
  return true;
}

/** Runs a drill of so many minutes; returns whether it was well. */
async function runDrill(stage: Stage, histories: Histories, minutes: number): Promise<boolean> {
  const actions = planDrill(first, minutes * 60_000);
  console.log(`\nA drill of ${minutes} minutes, seed ${first}: ${actions.length - 1} actions.`);
  return runOne(stage, histories, actions);
}

/** Runs one round, and says what became of it. */
async function runOne(
  stage: Stage,
  histories: Histories,
  actions: readonly Action[],
): Promise<boolean> {
  const lost = lostSaves(stage).length;
  const { problems, settledIn } = await runRound(stage, histories, actions);
  for (const { mark, person } of lostSaves(stage).slice(lost))
    console.log(`  Lost by the restore: "${mark}" of ${person}`);
  for (const problem of problems) console.log(`  Wrong: ${problem}`);
  if (problems.length > 0) return false;
  console.log(`  All is well, ${(settledIn / 1_000).toFixed(1)} s after the last fault.`);
  return true;
}

function lostSaves({ ledger }: Stage): Save[] {
  return ledger.saves.filter(({ isLost }) => isLost);
}
