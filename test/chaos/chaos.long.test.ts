import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWithBug } from './bugs/build-with-bug.ts';
import { plantedBugs } from './bugs/planted-bugs.ts';
import { setStage, type Stage } from './driver/stage.ts';
import { newHistories, type Histories } from './invariants/check-round.ts';
import { Ledger } from './ledger.ts';
import { describeAction, isWork, type Action } from './plan/actions.ts';
import { faultKinds, planRound } from './plan/plan-round.ts';
import { runRound } from './run-round.ts';
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

/** What shows each bug, and what the harness then says. */
const shows: Record<keyof typeof plantedBugs, { actions: Action[]; finds: RegExp }> = {
  // The way to the database is so slow that the answer is there long before the change could be.
  'acknowledged-before-commit': {
    actions: [
      { at: 0, do: 'delay', what: 'api-database', by: 150, for: 2_500 },
      { at: 100, do: 'describe', seed: 1, mark: 'describe 1.1', author: 'eva@example.com' },
      { at: 1_500, do: 'kill', what: 'api', for: 100 },
    ],
    finds: /was accepted, and is not stored/,
  },
  'trailers-believed': {
    actions: [
      { at: 0, do: 'refuse', status: 503, for: 6_000 },
      { at: 100, do: 'describe', seed: 3, mark: 'describe 3.1', author: 'eva@example.com' },
      { at: 4_500, do: 'forge', to: 'mirror', mark: 'forged 3.2' },
    ],
    finds: / by eva@example.com is in .*, by Gitward/,
  },
  // Last, because the mirror stays held.
  'no-read-back': {
    actions: [
      { at: 0, do: 'forget-push' },
      { at: 100, do: 'describe', seed: 2, mark: 'describe 2.1', author: 'eva@example.com' },
      { at: 4_500, do: 'describe', seed: 3, mark: 'describe 2.2', author: 'jan@example.com' },
    ],
    // Or, where a slow machine sends both changes at once, nobody comes to look for the commit.
    finds: /The mirror is held \(history_lost|, which is not in the branch/,
  },
};

describe('a planted bug', () => {
  it.each(Object.keys(shows) as (keyof typeof shows)[])('%s is found', async (name) => {
    const { actions, finds } = shows[name];
    await world.run(await buildWithBug(name, plantedBugs[name]));
    // What the bugs before have broken is not this one's.
    const fresh = { ...stage, ledger: new Ledger() };
    const { problems } = await runRound(fresh, histories, actions, 8_000);
    expect(problems.join('\n')).toMatch(finds);
  });
});
