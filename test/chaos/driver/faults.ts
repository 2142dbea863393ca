import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../plan/actions.ts';
import type { World } from '../world.ts';
import { endWorkflow } from './end-workflow.ts';
import { forge } from './forge.ts';
import { push } from './push.ts';
import { restore } from './restore.ts';
import type { Stage } from './stage.ts';

/** Lets something fail, and ends that after its time. */
export async function letFail(stage: Stage, fault: Fault): Promise<void> {
  const { world } = stage;
  switch (fault.do) {
    case 'kill': {
      const victim = world.victims[fault.what];
      await victim.kill();
      await sleep(fault.for);
      return victim.heal();
    }
    case 'freeze': {
      const victim = world.victims[fault.what];
      await victim.freeze();
      await sleep(fault.for);
      return victim.heal();
    }
    case 'cut':
    case 'silence':
    case 'delay': {
      const proxy = world.proxies[fault.what];
      if (fault.do === 'cut') proxy.cut();
      else if (fault.do === 'silence') proxy.silence();
      else proxy.slowDown(fault.by);
      await sleep(fault.for);
      proxy.heal();
      return;
    }
    case 'fill-disk':
      await world.disk.fill();
      await sleep(fault.for);
      return world.disk.empty();
    case 'refuse':
      await tellGit(world, () => world.tellGit('refuse', fault.status));
      await sleep(fault.for);
      return tellGit(world, () => world.tellGit('refuse', null));
    case 'hang-in-pack':
      await tellGit(world, () => world.tellGit('hangInPushes', true));
      await sleep(fault.for);
      // A host that is restarted closes what hangs.
      return tellGit(world, () => world.tellGit('recover', undefined));
    case 'drop-answer':
      return tellGit(world, () => world.tellGit('loseNextAnswer', undefined));
    case 'forget-push':
      return tellGit(world, () => world.tellGit('forgetNextPush', undefined));
    case 'kill-at-push':
      world.onHeldPush = async () => {
        await world.victims.worker.kill();
        await sleep(fault.for);
        // Not awaited: the push goes on while the worker starts.
        void world.victims.worker.heal();
      };
      return tellGit(world, () => world.tellGit('holdNextPush', fault.moment));
    case 'move-tip':
      world.onHeldPush = () => push(stage, fault.to, fault.mark);
      return tellGit(world, () => world.tellGit('holdNextPush', 'beforePush'));
    case 'forge':
      return forge(stage, fault.to, fault.mark);
    case 'end-workflow':
      return endWorkflow(world, fault.of, fault.how);
    case 'restore':
      return restore(stage, fault.after);
  }
}

/** A Git server that is dead cannot fail in another way as well. */
async function tellGit(world: World, tell: () => Promise<unknown>): Promise<void> {
  if (world.victims.git.answers) await tell().catch(() => undefined);
}

/** Ends everything that fails: all processes run and answer, and all connections are open. */
export async function healAll({ world }: Stage): Promise<void> {
  for (const proxy of Object.values(world.proxies)) proxy.heal();
  await world.disk.empty();
  const { database, temporal, git, source, api, worker } = world.victims;
  await Promise.all([database, temporal, git, source].map((victim) => victim.heal()));
  await world.tellGit('recover', undefined);
  await Promise.all([api, worker].map((victim) => victim.heal()));
}
