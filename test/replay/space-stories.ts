import type { WorkflowHandle } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { spaceWorkflow } from '../../workflows/index.ts';
import {
  doorbell,
  retryNow,
  spaceChanged,
  spaceStatusQuery,
  syncNow,
} from '../../workflows/messages.ts';
import type { ScriptedSpaceActivities } from '../workflows/knowledge/scripted-space-activities.ts';

/** What a story of a space can use. */
export interface SpaceStage {
  world: ScriptedSpaceActivities;
  space: WorkflowHandle<typeof spaceWorkflow>;
  /** Accepts a save; only the first one since the last sync rings the doorbell. */
  save: () => Promise<void>;
  /** Waits until a condition is true. */
  until: (what: () => boolean | Promise<boolean>) => Promise<void>;
}

/** A story: the world when the workflow starts, and what happens then. */
export interface SpaceStory {
  before?: (world: ScriptedSpaceActivities) => void;
  play: (stage: SpaceStage) => Promise<void>;
  /** Recorded on a server that suggests early to continue as new. */
  shortHistories?: true;
}

/** Days in the life of a space; each is recorded as `histories/<name>.json`. */
export const spaceStories: Record<string, SpaceStory> = {
  'space-ordinary-day': {
    before: (world) => (world.initialized = false),
    play: async ({ world, space, save, until }) => {
      await until(() => world.initialized);
      await save();
      await save();
      await until(() => world.deliveredSaves === 2);
      await save();
      await space.signal(syncNow);
      await until(() => world.deliveredSaves === 3);
      world.pushedEntries = 2;
      await until(() => world.readEntries === 2);
      // More saves than one commit takes, and a save that arrives during a sync.
      world.savesACommit = 1;
      world.whileSyncing = async () => {
        world.whileSyncing = () => Promise.resolve();
        await space.signal(doorbell);
      };
      world.waitingSaves = 2;
      await space.signal(syncNow);
      await until(() => world.deliveredSaves === 5);
      // A save that cannot be sent yet.
      world.savesACommit = 0;
      await save();
      const before = world.syncs.length;
      await until(() => world.syncs.length > before + 2);
      world.savesACommit = 1;
      await until(() => world.deliveredSaves === 6);
    },
  },
  'space-outage-escalated-and-over': {
    play: async ({ world, space, save, until }) => {
      await until(() => world.syncs.length > 0);
      world.remote = 'repository_unreachable';
      await save();
      await until(() => world.outage !== null);
      await save();
      await space.signal(retryNow);
      await until(() => world.notices.includes('escalated'));
      world.remote = 'works';
      await until(() => world.notices.includes('recovered'));
    },
  },
  'space-held-and-approved': {
    before: (world) => (world.remote = 'history_lost'),
    play: async ({ world, space, until }) => {
      await until(() => world.notices.includes('person_needed'));
      world.remote = 'works';
      await space.signal(spaceChanged);
      await until(() => world.notices.includes('recovered'));
      await until(() => isState(space, 'synced'));
    },
  },
  'space-paused-and-resumed': {
    play: async ({ world, space, save, until }) => {
      await until(() => world.syncs.length > 0);
      world.paused = true;
      await space.signal(spaceChanged);
      await until(() => isState(space, 'paused'));
      await save();
      await sleep(500);
      world.paused = false;
      await space.signal(spaceChanged);
      await until(() => world.deliveredSaves === 1);
      // Paused and resumed without a signal; the workflow notices at its next sync and at a
      // doorbell.
      world.paused = true;
      await until(() => isState(space, 'paused'));
      world.paused = false;
      await save();
      await until(() => world.deliveredSaves === 2);
    },
  },
  'space-started-again-in-an-outage': {
    before: (world) => {
      const since = new Date(Date.now() - 3_600_000).toISOString();
      world.waitingSaves = 1;
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
      await until(() => world.syncs.length > 1);
      world.remote = 'works';
      await until(() => world.notices.includes('recovered'));
    },
  },
  'space-continued-as-new': {
    shortHistories: true,
    play: async ({ world, save, until }) => {
      for (let count = 1; count <= 6; count += 1) {
        await save();
        await until(() => world.deliveredSaves === count);
      }
    },
  },
};

async function isState(space: SpaceStage['space'], state: string): Promise<boolean> {
  return (await space.query(spaceStatusQuery)).state === state;
}

/** Accepts a save as the API does. */
export async function acceptSaved({
  world,
  space,
}: Pick<SpaceStage, 'world' | 'space'>): Promise<void> {
  world.waitingSaves += 1;
  if (world.waitingSaves === 1) await space.signal(doorbell);
}
