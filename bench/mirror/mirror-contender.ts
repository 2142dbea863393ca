import { defaultRetention } from '../../model/housekeeping/retention.ts';
import { defaultReadingLimits } from '../../model/knowledge/reading-limits.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { LogSampling } from '../../telemetry/log-sampling.ts';
import { createActivities } from '../../activities/index.ts';
import { judgeEvent } from '../../platforms/events/judge-event.ts';
import type { Event } from '../../platforms/events/event-schema.ts';
import { acceptChanges } from '../../db/mirror/change-events.ts';
import { connect } from '../../db/connect.ts';
import { insertCredential } from '../../db/streams/credentials.ts';
import { readInstallationId } from '../../db/streams/installation.ts';
import { migrate } from '../../db/migrate.ts';
import { putMirror } from '../../db/mirror/mirrors.ts';
import { insertProject } from '../../db/mirror/projects.ts';
import { createSealer } from '../../db/sealing.ts';
import { createGitClones } from '../../git/clones/clones.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { createGitTextTools } from '../../git/clones/text-tools.ts';
import { createHosts } from '../../hosts/create-hosts.ts';
import { createAskModel } from '../../hosts/models/ask-model.ts';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { platforms } from '../../platforms/index.ts';
import { FairTraffic } from '../../platforms/traffic/fair-traffic.ts';
import { idleSpaces, idleWorkflows } from '../../test/support/idle-workflows.ts';
import { RecordingMeter } from '../../test/support/telemetry/recording-meter.ts';
import { mostMemory } from '../measuring/processes.ts';
import { addresses } from '../measuring/servers.ts';
import { timed } from '../measuring/statistics.ts';

/** What the bench tells its mirror, which is a process of its own so that its memory can be told. */
export type Order =
  | {
      do: 'initial';
      database: string;
      platform: Platform;
      repository: Repository;
      policy: MirrorPolicy;
    }
  | { do: 'change'; event: Event }
  | { do: 'catch-up' };

interface Platform {
  url: string;
  token: string;
  projectId: string;
}

interface Repository {
  url: string;
  username: string;
  password: string;
}

/** What an order came to: milliseconds, and the most memory that the process had, in bytes. */
export interface Report {
  milliseconds: number;
  memory: number;
}

const dispatcher = createDispatcher(addresses);
const [, , cacheDirectory = ''] = process.argv;
const git = await createGitDeliverer({ cacheDirectory, policy: addresses });
const sealer = createSealer(randomBytes(32));

let mirror: Awaited<ReturnType<typeof open>> | null = null;

process.on('message', (order: Order) => {
  void carryOut(order).then(
    (milliseconds) =>
      process.send?.({
        milliseconds,
        memory: mostMemory(),
      } satisfies Report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));

async function carryOut(order: Order): Promise<number> {
  if (order.do === 'initial') {
    mirror = await open(order);
    return timed(mirror.deliver);
  }
  const opened = mirror;
  if (opened === null) throw new Error('There is no mirror yet.');
  if (order.do === 'change') await opened.accept(order.event);
  return timed(async () => {
    await opened.window(order.do === 'catch-up');
    await opened.deliver();
  });
}

async function open({ database, platform, repository, policy }: Order & { do: 'initial' }) {
  const db = connect({ url: database, onError: (error) => console.error(error) });
  await migrate(db);
  const { url, token, projectId } = platform;
  await insertProject(db, sealer, {
    id: projectId,
    name: 'Bench',
    source: { kind: 'keboola', url, token },
    ownedFolders: platforms.of('keboola').layout.ownedFolders,
  });
  const { username, password } = repository;
  const credential = await insertCredential(db, sealer, {
    ...{ name: 'git', username, token: password },
    origin: new URL(repository.url).origin,
  });
  const key = { projectId, branchId: '1000' };
  await db.transaction().execute((trx) =>
    putMirror(trx, key, {
      repository: {
        url: repository.url,
        branch: 'main',
        subdirectory: '',
        credentialId: credential!.id,
      },
      policy,
      adopt: false,
    }),
  );
  const activities = createActivities({
    readingLimits: defaultReadingLimits,
    db,
    sealer,
    git,
    hosts: createHosts({ dispatcher }),
    reviewHosts: createReviewHosts({ dispatcher }),
    askModel: createAskModel({ dispatcher }),
    platforms,
    openSource: (address, projectId) =>
      platforms.of(address.kind).open(address, {
        projectId,
        dispatcher,
        checkUrl: (text) => addresses.checkHttpUrl(text),
        trafficTo: (url) => new FairTraffic().of(url, projectId),
        listChanges: () => Promise.resolve([]),
      }),
    workflows: idleWorkflows,
    spaces: idleSpaces,
    retryInterval: 300_000,
    watchInterval: null,
    sampling: new LogSampling(1, () => Promise.resolve(0)),
    clones: await createGitClones({ cacheDirectory, policy: addresses }),
    texts: createGitTextTools({ directory: cacheDirectory }),
    retention: defaultRetention,
    sendNotice: () => Promise.resolve(),
    installationId: await readInstallationId(db),
    meter: new RecordingMeter(),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const run = <T>(work: () => Promise<T>): Promise<T> =>
    new MockActivityEnvironment().run<[], T, () => Promise<T>>(work);

  return {
    deliver: () => run(() => activities.deliver(key)),
    window: (catchUp: boolean) => {
      const now = new Date().toISOString();
      const input = { ...key, windowKey: randomUUID(), openedAt: now, closedAt: now, catchUp };
      return run(() => activities.openBatch(input));
    },
    async accept(event: Event) {
      const judged = judgeEvent(event, new Date());
      if (judged.kind === 'invalid') throw new Error(judged.message);
      const { change, incarnation } = judged;
      await acceptChanges(db, sealer, key, [
        { change, incarnation, body: Buffer.from(JSON.stringify(event)) },
      ]);
    },
  };
}
