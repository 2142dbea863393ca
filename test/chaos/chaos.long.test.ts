import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWithBug } from './bugs/build-with-bug.ts';
import { plantedBugs } from './bugs/planted-bugs.ts';
import { provocations, until } from './bugs/provoke.ts';
import { setStage, waiting, type Stage } from './driver/stage.ts';
import { newHistories, type Histories } from './invariants/check-round.ts';
import { Ledger } from './ledger.ts';
import { describeAction, isWork } from './plan/actions.ts';
import { faultKinds, planRound } from './plan/plan-round.ts';
import { runRound, settle } from './run-round.ts';
import { World } from './world.ts';

/** Chosen so that each kind of fault is among them. `npm run chaos` tries as many others as you like. */
const seeds = [1, 5, 24, 61, 88, 28];

let world: World;
let stage: Stage;
let histories: Histories;

beforeAll(async () => {
  world = await World.start({ dist: 'dist' });
  stage = await setStage(world);
  histories = newHistories(stage);
});
afterAll(() => world.stop());

describe('whatever fails', () => {
  it.each(seeds)('every promise is kept in the round of seed %i', async (seed) => {
    const actions = planRound(seed);
    const { problems } = await runRound(stage, histories, actions);
    expect({ problems, actions: actions.map(describeAction) }).toMatchObject({ problems: [] });
  });

  it('each kind of fault was there', () => {
    const happened = seeds.flatMap((seed) => planRound(seed)).filter((action) => !isWork(action));
    expect(new Set(happened.map((action) => action.do))).toEqual(faultKinds());
  });

  it('there is something that must not get lost', () => {
    const { changes, saves, foreign } = stage.ledger;
    expect(changes.filter(({ answer }) => answer === 'accepted').length).toBeGreaterThan(5);
    expect(saves.filter(({ answer }) => answer === 'accepted').length).toBeGreaterThan(3);
    expect(foreign.length).toBeGreaterThan(0);
  });
});

/** The last one leaves a mirror that is held. */
const bugs: (keyof typeof plantedBugs)[] = [
  'acknowledged-before-commit',
  'trailers-believed',
  'no-read-back',
];

describe('what brings a planted bug to light', () => {
  it.each(bugs)('does no harm without the bug: %s', async (name) => {
    await provocations[name].provoke(stage, 9_000 + bugs.indexOf(name));
    const { problems } = await settle(stage, histories);
    expect(problems).toEqual([]);
  });

  it('is there for each of them', () =>
    expect([...bugs].sort()).toEqual(Object.keys(plantedBugs).sort()));

  it.each(bugs)('finds it: %s', async (name) => {
    const { provoke, finds } = provocations[name];
    await until('nothing is left to do', async () => (await waiting(stage)).length === 0);
    await stage.world.run(await buildWithBug(name, plantedBugs[name]));
    // What the bugs before have broken is not this one's.
    const ledger = new Ledger();
    ledger.foreign.push(...stage.ledger.foreign);
    const fresh = { ...stage, ledger };
    await provoke(fresh, 9_100 + bugs.indexOf(name));
    const { problems } = await settle(fresh, histories, { patience: 8_000 });
    expect(problems.join('\n')).toMatch(finds);
  });
});
