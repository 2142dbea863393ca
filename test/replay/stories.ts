import type { WorkflowHandle } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mirrorWorkflow } from '../../workflows/index.ts';
import {
  catchUp,
  doorbell,
  mirrorChanged,
  retryNow,
  statusQuery,
  syncNow,
} from '../../workflows/messages.ts';
import type { ScriptedActivities } from '../workflows/mirror/scripted-activities.ts';

/** What a story of a mirror can use. */
export interface Stage {
  world: ScriptedActivities;
  mirror: WorkflowHandle<typeof mirrorWorkflow>;
  /** Accepts a change; only the first one since the last window rings the doorbell. */
  change: () => Promise<void>;
  /** Waits until a condition is true. */
  until: (what: () => boolean | Promise<boolean>) => Promise<void>;
}

/** A story: the world when the workflow starts, and what happens then. */
export interface Story {
  before?: (world: ScriptedActivities) => void;
  play: (stage: Stage) => Promise<void>;
  /** Recorded on a server that suggests early to continue as new. */
  shortHistories?: true;
}

/** Days in the life of a mirror; each is recorded as `histories/<name>.json`. */
export const stories: Record<string, Story> = {
  'ordinary-day': {
    before: (world) => (world.resync = true),
    play: async ({ world, mirror, change, until }) => {
      await until(() => !world.resync);
      await change();
      await change();
      await until(() => world.deliveredBatches === 1);
      await change();
      await mirror.signal(syncNow);
      await until(() => world.deliveredBatches === 2);
      await mirror.signal(catchUp);
      await until(() => world.windows.some((window) => window.catchUp));
      await until(() => isState(mirror, 'synced'));
    },
  },
  'outage-escalated-and-over': {
    play: async ({ world, change, until }) => {
      await until(() => world.deliveries.length === 1);
      world.remote = 'repository_unreachable';
      await change();
      await until(() => world.outage !== null);
      await change();
      await until(() => world.notices.includes('escalated'));
      world.remote = 'works';
      await until(() => world.notices.includes('recovered'));
    },
  },
  'attempt-hangs-while-escalating': {
    play: async ({ world, change, until }) => {
      await until(() => world.deliveries.length === 1);
      world.remote = 'repository_timeout';
      await change();
      await until(() => world.outage !== null);
      world.remote = 'hangs';
      await until(() => world.notices.includes('escalated'));
      world.remote = 'works';
      world.release();
      await until(() => world.notices.includes('recovered'));
    },
  },
  'paused-and-resumed': {
    play: async ({ world, mirror, change, until }) => {
      await until(() => world.deliveries.length === 1);
      await change();
      world.paused = true;
      await mirror.signal(mirrorChanged);
      await until(() => isState(mirror, 'paused'));
      await sleep(500);
      world.paused = false;
      await mirror.signal(mirrorChanged);
      await until(() => world.deliveredBatches === 1);
    },
  },
  'paused-without-being-told': {
    play: async ({ world, mirror, change, until }) => {
      await until(() => world.deliveries.length === 1);
      world.remote = 'repository_unreachable';
      await change();
      await until(() => world.outage !== null);
      world.paused = true;
      await until(() => isState(mirror, 'paused'));
      world.paused = false;
      world.remote = 'works';
      await mirror.signal(mirrorChanged);
      await until(() => isState(mirror, 'synced'));
    },
  },
  'held-and-approved': {
    before: (world) => {
      world.resync = true;
      world.remote = 'not_adopted';
    },
    play: async ({ world, mirror, until }) => {
      await until(() => world.notices.includes('person_needed'));
      await until(() => isState(mirror, 'held'));
      world.remote = 'works';
      await mirror.signal(mirrorChanged);
      await until(() => world.notices.includes('recovered'));
      await until(() => isState(mirror, 'synced'));
    },
  },
  'source-outage': {
    play: async ({ world, mirror, change, until }) => {
      world.source = 'source_unreachable';
      await change();
      await until(() => world.outage !== null);
      await change();
      world.source = 'works';
      await mirror.signal(retryNow);
      await until(() => world.deliveredBatches === 1);
    },
  },
  'started-again-in-an-outage': {
    before: (world) => {
      const since = new Date(Date.now() - 3_600_000).toISOString();
      world.waitingBatches = 1;
      world.remote = 'repository_unreachable';
      world.outage = {
        id: 'outage-of-before',
        lane: 'repository',
        since,
        attempts: 12,
        nextAttemptAt: since,
        escalatedAt: since,
        code: 'repository_unreachable',
        message: 'It is away.',
        notices: ['escalated'],
      };
      world.unsentNotices = [{ outageId: 'outage-of-before', kind: 'escalated' }];
    },
    play: async ({ world, until }) => {
      await until(() => world.deliveries.length > 1);
      world.remote = 'works';
      await until(() => world.notices.includes('recovered'));
    },
  },
  'continued-as-new': {
    shortHistories: true,
    play: async ({ world, change, until }) => {
      for (let count = 1; count <= 6; count += 1) {
        await change();
        await until(() => world.deliveredBatches === count);
      }
    },
  },
};

async function isState(mirror: Stage['mirror'], state: string): Promise<boolean> {
  return (await mirror.query(statusQuery)).state === state;
}

/** Accepts a change as the API does. */
export async function accept({ world, mirror }: Pick<Stage, 'world' | 'mirror'>): Promise<void> {
  world.pendingChanges += 1;
  if (world.pendingChanges === 1) await mirror.signal(doorbell);
}
