import { setTimeout as sleep } from 'node:timers/promises';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { forge } from '../driver/forge.ts';
import { mirrorKey, waiting, type Stage } from '../driver/stage.ts';
import { doWork } from '../driver/work.ts';
import type { plantedBugs } from './planted-bugs.ts';

/** What brings a mistake to light, step by step instead of by the clock, and what the harness then says. */
interface Provocation {
  /** `number` is one that no mark of the run has had. */
  provoke: (stage: Stage, number: number) => Promise<void>;
  finds: RegExp;
}

/** For how long a step is waited for, in milliseconds. */
const patience = 60_000;

/** One for each planted bug. The product as it is gets through all of them. */
export const provocations: Record<keyof typeof plantedBugs, Provocation> = {
  // The way to the database is so slow that the answer is there long before the change could be.
  'acknowledged-before-commit': {
    provoke: async (stage, number) => {
      const { proxies, victims } = stage.world;
      proxies['api-database'].slowDown(150);
      await describe(stage, number);
      await victims.api.kill();
    },
    finds: /was accepted, and is not stored/,
  },
  'trailers-believed': {
    provoke: async (stage, number) => {
      await stage.world.tellGit('refuse', 503);
      await describe(stage, number);
      await until('a batch waits', () => hasWaitingBatch(stage));
      await forge(stage, 'mirror', `forged ${number}.0`);
    },
    finds: / by eva@example.com is in .*, by Gitward/,
  },
  'no-read-back': {
    provoke: async (stage, number) => {
      await stage.world.tellGit('forgetNextPush', undefined);
      await describe(stage, number);
      await until('it counts as delivered', async () => (await waiting(stage)).length === 0);
    },
    // Or somebody has already come to look for the commit.
    finds: /The mirror is held \(history_lost|, which is not in the branch/,
  },
};

function describe(stage: Stage, number: number): Promise<void> {
  const mark = `describe ${number}.0`;
  return doWork(stage, { do: 'describe', seed: number, mark, author: 'eva@example.com' });
}

async function hasWaitingBatch({ world: { db } }: Stage): Promise<boolean> {
  const batches = await db
    .selectFrom('batches')
    .select('id')
    .where('stream', '=', mirrorStream(mirrorKey))
    .where('state', '=', 'waiting')
    .execute();
  return batches.length > 0;
}

/** Waits until something is so; throws if it does not come. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Nobody saw in ${patience} ms that ${what}.`);
    await sleep(50);
  }
}
