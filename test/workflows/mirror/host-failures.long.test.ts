import { execFileSync } from 'node:child_process';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from '../../../activities/contract.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import {
  doorbell,
  mirrorChanged,
  statusQuery,
  type MirrorInput,
  type MirrorStatus,
} from '../../../workflows/messages.ts';
import type { mirrorWorkflow } from '../../../workflows/index.ts';
import {
  activitiesUnderTest,
  customers,
  orders,
  report,
} from '../../activities/activities-under-test.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { startStoryWorker, type StoryWorker } from '../../support/story-worker.ts';
import { timeSkippingEnvironment } from '../../support/temporal.ts';
import { quietRuntime } from '../../support/workflow-bundle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
// Fewer attempts than usual: each is a real one.
const timings = { window: 30_000, retryInterval: 30 * MINUTE, escalateAfter: 3 * HOUR };

const under = await activitiesUnderTest();
const { server } = under;

let environment: TestWorkflowEnvironment;
let worker: StoryWorker<Activities>;
beforeAll(async () => {
  quietRuntime();
  environment = await timeSkippingEnvironment();
  worker = await startStoryWorker(environment, under.activities);
});
afterAll(async () => {
  await worker.stop();
  await environment.teardown();
});

type Heal = () => unknown;
/** Makes the host fail; returns what heals it. */
type Break = (repository: GitRepository) => Promise<Heal>;

/** A host that refuses each push with these words. */
function says(words: string): Break {
  return async (repository) => {
    await repository.rejectPushes(words);
    return () => repository.rejectPushes(null);
  };
}

/** A host that answers every request with this status. */
function answers(status: number): Break {
  return () => {
    server.answerWith = status;
    return Promise.resolve(() => void (server.answerWith = null));
  };
}

/** A host that runs this before each push. */
function runs(script: string): Break {
  return async ({ directory }) => {
    const hook = join(directory, 'hooks', 'pre-receive');
    await mkdir(join(directory, 'hooks'), { recursive: true });
    await writeFile(hook, `#!/bin/sh\ncat >/dev/null\n${script}\n`, { mode: 0o755 });
    return () => rm(hook);
  };
}

/** A folder of the repository that cannot be written. */
function readOnly(folder: string): Break {
  return ({ directory }) => {
    execFileSync('chattr', ['+i', join(directory, folder)]);
    return Promise.resolve(() => void execFileSync('chattr', ['-i', join(directory, folder)]));
  };
}

/** The repository's objects are on a disk that is full. */
const fullDisk: Break = async ({ directory }) => {
  const [objects, before] = [join(directory, 'objects'), join(directory, 'objects-before')];
  await rename(objects, before);
  await mkdir(objects);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', objects]);
  await cp(before, objects, { recursive: true });
  await writeFile(join(objects, 'full'), Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined);
  return async () => {
    await rm(join(objects, 'full'));
    await cp(objects, before, { recursive: true, force: false });
    execFileSync('umount', [objects]);
    await rm(objects, { recursive: true });
    await rename(before, objects);
  };
};

/** Whether tests may do this here, as root may in most places. */
function possible(...commands: [string, ...string[]][]): boolean {
  try {
    for (const [command, ...args] of commands) execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const maySeal = possible(['chattr', '+i', server.directory], ['chattr', '-i', server.directory]);
const mayMount = possible(['mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], ['umount', '/mnt']);

interface Way {
  name: string;
  breaks: Break;
  code?: FailureCode;
  skip?: boolean;
}

const ways: Way[] = [
  { name: 'answers 500', breaks: answers(500) },
  { name: 'answers 502', breaks: answers(502) },
  { name: 'answers 503', breaks: answers(503) },
  { name: 'answers 504', breaks: answers(504), code: 'repository_timeout' },
  {
    name: 'is off',
    breaks: async () => {
      await server.goAway();
      return () => server.comeBack();
    },
  },
  {
    name: 'breaks the connection off in the middle of a push',
    breaks: () => {
      server.beforePush = () => Promise.reject(new Error('reset'));
      return Promise.resolve(() => void (server.beforePush = null));
    },
  },
  { name: 'is killed in the middle of a push', breaks: runs('kill -9 $PPID') },
  {
    name: 'has a lock on the branch that nobody removes',
    breaks: async ({ directory }) => {
      const lock = join(directory, 'refs', 'heads', 'main.lock');
      await writeFile(lock, '');
      return () => rm(lock);
    },
  },
  {
    name: 'has an index-pack that fails',
    breaks: async (repository) => {
      await repository.git(['config', 'receive.unpackLimit', '1']);
      await repository.git(['config', 'pack.indexVersion', '9']);
      return async () => {
        await repository.git(['config', '--unset', 'receive.unpackLimit']);
        await repository.git(['config', '--unset', 'pack.indexVersion']);
      };
    },
  },
  { name: 'has read-only objects', breaks: readOnly('objects'), skip: !maySeal },
  { name: 'has read-only branches', breaks: readOnly('refs/heads'), skip: !maySeal },
  { name: 'has a full disk', breaks: fullDisk, skip: !mayMount },
  ...[
    'Internal Server Error\nRequest ID: 3F2A:1B2C',
    'GitLab: The repository is temporarily read-only. Please try again later.',
    'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    'error: failed to commit_refs',
    'Object storage is not available',
    'Gitea: Internal Server Connection Error',
    'Forgejo: Unable to write to the repository: database is locked',
    'Bitbucket is undergoing maintenance. Please try again in 10 minutes.',
  ].map((words) => ({ name: `says: ${words.replaceAll('\n', ' / ')}`, breaks: says(words) })),
];

type Workflow = WorkflowHandle<typeof mirrorWorkflow>;
type Mirror = Awaited<ReturnType<typeof under.settledMirror>>;

/** Lets time pass, and returns the status after that. */
type Pass = (milliseconds: number) => Promise<MirrorStatus>;

/** Runs a story with the workflow of a new mirror, which has its first commit. */
async function withMirror(
  story: (mirror: Mirror, workflow: Workflow, pass: Pass) => Promise<void>,
): Promise<void> {
  const mirror = await under.settledMirror();
  await worker.run(mirror.stream, under.activities, async () => {
    const args: [MirrorInput] = [{ ...mirror.key, timings }];
    const workflow = await environment.client.workflow.start<typeof mirrorWorkflow>(
      'mirrorWorkflow',
      { taskQueue: worker.taskQueue, workflowId: mirror.stream, args },
    );
    try {
      await story(mirror, workflow, async (milliseconds) => {
        await workflow.query(statusQuery);
        await environment.sleep(milliseconds);
        return workflow.query(statusQuery);
      });
    } finally {
      await mirror.mark('end');
      await workflow.signal(mirrorChanged);
      await workflow.result();
    }
  });
}

const windows = [
  { person: 'eva@example.com', object: orders },
  { person: 'jan@example.com', object: customers },
  { person: 'ola@example.com', object: report },
].map((window, day) => ({ ...window, at: new Date(`2026-04-0${day + 1}T08:00:00Z`) }));

let heal: Heal = () => undefined;
afterEach(() => heal());

describe('each window is its own commit, and nobody is told before three hours, of a host that', () => {
  for (const { name, breaks, code = 'repository_unreachable', skip = false } of ways)
    it.skipIf(skip)(name, () =>
      withMirror(async (mirror, workflow, pass) => {
        const mails: string[] = [];
        under.mail.send = ({ subject }) => Promise.resolve(void mails.push(subject));
        expect(await pass(MINUTE)).toMatchObject({ state: 'synced' });

        heal = await breaks(mirror.repository);
        for (const { person: author, object, at } of windows) {
          await mirror.accept(mirror.platform.change(object, { author, at }));
          await workflow.signal(doorbell);
          await pass(MINUTE);
        }
        const status = await pass(2 * HOUR + 50 * MINUTE);
        expect([status.outage?.message, status]).toMatchObject([
          expect.any(String),
          { state: 'retrying', waitingBatches: 3, outage: { code } },
        ]);
        expect(mails).toEqual([]);
        expect(await pass(15 * MINUTE)).toMatchObject({ state: 'escalated' });
        await pass(2 * HOUR);
        expect(mails).toHaveLength(1);

        await heal();
        heal = () => undefined;
        expect(await pass(31 * MINUTE)).toMatchObject({ state: 'synced', waitingBatches: 0 });
        expect(mails).toHaveLength(2);
        const log = await mirror.repository.log();
        expect(
          log.slice(0, -1).map(({ author, authoredAt }) => [author.email, new Date(authoredAt)]),
        ).toEqual(windows.map(({ person, at }) => [person, at]).reverse());
        expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
      }),
    );
});
