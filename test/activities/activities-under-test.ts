import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll } from 'vitest';
import type {
  AskFeedsResult,
  DeliverResult,
  OpenBatchResult,
} from '../../activities/mirror/contract.ts';
import { LogSampling } from '../../telemetry/log-sampling.ts';
import { createActivities } from '../../activities/index.ts';
import type { Mail } from '../../cli/parts/mail.ts';
import { judgeEvent } from '../../platforms/events/judge-event.ts';
import type { Event } from '../../platforms/events/event-schema.ts';
import { acceptChanges } from '../../db/mirror/change-events.ts';
import { insertCredential } from '../../db/streams/credentials.ts';
import { readInstallationId } from '../../db/streams/installation.ts';
import { markMirror, putMirror, type MirrorMark } from '../../db/mirror/mirrors.ts';
import { insertProject, noteDefaultBranch } from '../../db/mirror/projects.ts';
import { createSealer } from '../../db/sealing.ts';
import type { DevelopmentBranches } from '../../model/mirror/branches.ts';
import type { GitDeliverer } from '../../git/types.ts';
import type { GitClones } from '../../git/clones/clone-types.ts';
import type { CloneLimits } from '../../model/streams/clone-limits.ts';
import { createGitClones } from '../../git/clones/clones.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { createGitTextTools } from '../../git/clones/text-tools.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import { defaultRetention } from '../../model/housekeeping/retention.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { defaultSamples } from '../../model/mirror/samples.ts';
import type { OpenSource } from '../../platforms/source.ts';
import { createHosts } from '../../hosts/create-hosts.ts';
import { createAskModel } from '../../hosts/models/ask-model.ts';
import { postNotice } from '../../hosts/notices/post-notice.ts';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import type { ReviewHosts } from '../../hosts/reviews/types.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { sourceOfObjects } from '../../platforms/configurations/source-of-objects.ts';
import { platforms as knownPlatforms } from '../../platforms/index.ts';
import { createKeboolaSource } from '../../platforms/keboola/source/keboola-source.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { GitServer } from '../../examples/git-server/git-server.ts';
import { defaultReadingLimits } from '../../model/knowledge/reading-limits.ts';
import { idleSpaces, idleWorkflows } from '../support/idle-workflows.ts';
import { testDatabase } from '../support/postgres.ts';
import { RecordingMeter } from '../support/telemetry/recording-meter.ts';
import { smallProject, type StorageApiProject } from '../../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../../examples/storage-api/storage-api.ts';

/** What a test file shares: a database, a Git server, and the activities that use them. */
export type Activities = Awaited<ReturnType<typeof activitiesUnderTest>>;

/** The settings of a mirror in which a test differs from the defaults. */
export interface MirrorChoices {
  policy?: Partial<MirrorPolicy>;
  subdirectory?: string;
  adopt?: boolean;
  gitBranch?: string;
  developmentBranches?: DevelopmentBranches;
  /** Whether the platform can be asked for news. */
  feeds?: boolean;
  /** The platform's project, by its id; `smallProject` by default. */
  project?: (of: { id: number }) => StorageApiProject;
}

// Some tests are about activities that fail, so failures are not logged.
const quiet = new DefaultLogger('ERROR');

const policy: MirrorPolicy = {
  secrets: 'encrypted',
  samples: defaultSamples,
  jobs: { enabled: false, retainDays: 30, include: 'all' },
  storage: { volatile: false },
  branchPath: 'name',
  notify: { emails: ['ops@example.com'] },
};

/** What a test file may choose. */
export interface UnderTestOptions {
  cloneLimits?: Partial<CloneLimits>;
  /** The hosts of pull requests; by default those that are found at the repositories' origins. */
  reviewHosts?: ReviewHosts;
}

/**
 * The real activities, run as Temporal runs them, with a real PostgreSQL and real Git over HTTP.
 * Call this at the top level of a test file; everything is shut down after its last test.
 */
export async function activitiesUnderTest({ cloneLimits, reviewHosts }: UnderTestOptions = {}) {
  const readingLimits = { ...defaultReadingLimits };
  const { db } = await testDatabase();
  const server = await GitServer.start();
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'git-cache-'));
  const addresses = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
  const deliverer = await createGitDeliverer({ cacheDirectory, policy: addresses });
  const clones = await createGitClones({
    cacheDirectory: join(cacheDirectory, 'clones'),
    policy: addresses,
    ...(cloneLimits && { limits: cloneLimits }),
  });
  const texts = createGitTextTools({ directory: join(cacheDirectory, 'texts') });
  const dispatcher = createDispatcher(addresses);
  const sealer = createSealer(randomBytes(32));
  const installationId = await readInstallationId(db);
  const platforms: StorageApi[] = [];
  const hooks: {
    /** Runs after the tip is read and before the plan is made for it. */
    beforePlan: (() => Promise<void>) | null;
    /**
     * Runs after the push and before the bookkeeping; throw here to lose the worker at that point.
     */
    afterPush: (() => Promise<void>) | null;
    /** Runs before a branch's history is read from its clone. */
    beforeLog: (() => Promise<void>) | null;
  } = { beforePlan: null, afterPush: null, beforeLog: null };
  const mail: { send: (mail: Mail) => Promise<void> } = { send: () => Promise.resolve() };
  const meter = new RecordingMeter();
  const toldOperations: string[] = [];
  const signals: string[] = [];
  const logged: { data: object; message: string }[] = [];
  const told: typeof logged = [];

  const git: GitDeliverer = {
    async deliver(remote, planOn, options) {
      const plan: typeof planOn = async (tip) => {
        await hooks.beforePlan?.();
        return planOn(tip);
      };
      const delivery = await deliverer.deliver(remote, plan, options);
      await hooks.afterPush?.();
      return delivery;
    },
    withTip: (remote, use, options) => deliverer.withTip(remote, use, options),
    askAnonymously: (url, options) => deliverer.askAnonymously(url, options),
    askBranch: (remote, options) => deliverer.askBranch(remote, options),
    askBranches: (remote, branches, options) => deliverer.askBranches(remote, branches, options),
    askPush: (remote, options) => deliverer.askPush(remote, options),
    removeBranch: (remote, sha, options) => deliverer.removeBranch(remote, sha, options),
    knock: (remote, step, options) => deliverer.knock(remote, step, options),
  };
  const hookedClones: GitClones = {
    withClone: (remote, wanted, use, options) =>
      clones.withClone(
        remote,
        wanted,
        (clone) =>
          use({
            ...clone,
            async *log(range) {
              await hooks.beforeLog?.();
              yield* clone.log(range);
            },
          }),
        options,
      ),
    askTip: (remote, options) => clones.askTip(remote, options),
    askRef: (remote, name, options) => clones.askRef(remote, name, options),
  };
  const hosts = createHosts({ dispatcher });
  const openSource: OpenSource = (address) => {
    if (address.kind !== 'keboola') throw new Error('These tests have a platform.');
    const { url = '', token = '' } = address;
    return sourceOfObjects(
      createKeboolaSource({
        url,
        token,
        dispatcher,
        checkUrl: (text) => addresses.checkHttpUrl(text),
        limits: { attempts: 1 },
      }),
    );
  };
  const askModel = createAskModel({ dispatcher });
  const activities = createActivities({
    db,
    sealer,
    git,
    hosts,
    reviewHosts: reviewHosts ?? createReviewHosts({ dispatcher }),
    askModel,
    platforms: knownPlatforms,
    openSource,
    retryInterval: 300_000,
    watchInterval: 15_000,
    sampling: new LogSampling(1, () => Promise.resolve(0)),
    retention: defaultRetention,
    workflows: {
      ...idleWorkflows,
      signal: (key, signal) => Promise.resolve(void signals.push(`${mirrorStream(key)} ${signal}`)),
    },
    spaces: {
      ...idleSpaces,
      signal: (id, signal) => Promise.resolve(void signals.push(`space/${id} ${signal}`)),
      tellOperation: (id) => Promise.resolve(void toldOperations.push(id)),
    },
    clones: hookedClones,
    readingLimits,
    texts,
    sendNotice: (target, notice) =>
      target.kind === 'email'
        ? mail.send({ to: target.address, subject: notice.subject, text: notice.text })
        : postNotice(dispatcher, target, notice),
    installationId,
    meter,
    logger: {
      info: (data, message) => void told.push({ data, message }),
      warn: (data, message) => void logged.push({ data, message }),
      error: (data, message) => void logged.push({ data, message }),
    },
  });
  const { username, password } = server.credential!;
  const credential = await insertCredential(db, sealer, {
    name: 'git',
    username,
    token: password,
    origin: new URL(server.url('any')).origin,
  });

  afterAll(async () => {
    await Promise.all(platforms.map((platform) => platform.close()));
    await deliverer.close();
    await clones.close();
    await dispatcher.close();
    await server.close();
    await rm(cacheDirectory, { recursive: true, force: true, maxRetries: 3 });
  });

  /** Runs an activity as a worker does. */
  function run<T>(work: () => Promise<T>): Promise<T> {
    return new MockActivityEnvironment({}, { logger: quiet }).run<[], T, () => Promise<T>>(work);
  }

  let projects = 0;

  /** A project of its own, mirrored to a repository of its own. */
  async function mirror(choices: MirrorChoices = {}): Promise<MirrorUnderTest> {
    projects += 1;
    const platform = await startStorageApi({
      project: (choices.project ?? smallProject)({ id: projects }),
      feeds: choices.feeds ?? false,
    });
    platforms.push(platform);
    const { url, token, projectId } = platform;
    await insertProject(db, sealer, {
      id: projectId,
      name: 'Shop',
      source: { kind: 'keboola', url, token },
      ownedFolders: knownPlatforms.of('keboola').layout.ownedFolders,
    });
    await noteDefaultBranch(db, projectId, '1000');
    const repository = await server.createRepository(`mirror-${projectId}`);
    const key = { projectId, branchId: '1000' };
    const under = new MirrorUnderTest({ key, platform, repository });
    await under.put(choices);
    return under;
  }

  /** A mirror whose first commit has been made. */
  async function settledMirror(choices: MirrorChoices = {}): Promise<MirrorUnderTest> {
    const under = await mirror(choices);
    await under.deliver();
    return under;
  }

  /** One mirror, its project and its repository. */
  class MirrorUnderTest {
    readonly key: MirrorKey;
    readonly platform: StorageApi;
    readonly repository: GitRepository;

    constructor(parts: { key: MirrorKey; platform: StorageApi; repository: GitRepository }) {
      this.key = parts.key;
      this.platform = parts.platform;
      this.repository = parts.repository;
    }

    get stream(): string {
      return mirrorStream(this.key);
    }

    /** Stores the mirror's settings, as the API does. */
    async put(choices: MirrorChoices = {}): Promise<void> {
      const { policy: other, subdirectory = '', adopt = false, gitBranch = 'main' } = choices;
      const { developmentBranches } = choices;
      const stored = await db.transaction().execute((trx) =>
        putMirror(trx, this.key, {
          repository: {
            url: server.url(`mirror-${this.key.projectId}`),
            branch: gitBranch,
            subdirectory,
            credentialId: credential!.id,
          },
          policy: { ...policy, ...other },
          adopt,
          ...(developmentBranches === undefined ? {} : { developmentBranches }),
        }),
      );
      if (stored.kind !== 'stored') throw new Error(stored.kind);
    }

    /** The mirror of another branch of the same project, to another branch of the same repository. */
    async ofBranch(branchId: string, choices: MirrorChoices = {}): Promise<MirrorUnderTest> {
      const key = { projectId: this.key.projectId, branchId };
      const { platform, repository } = this;
      const other = new MirrorUnderTest({ key, platform, repository });
      await other.put({ gitBranch: `branch-${branchId}`, ...choices });
      return other;
    }

    /** The mirror of another branch, which has already been stored. */
    ofStoredBranch(branchId: string): MirrorUnderTest {
      const key = { projectId: this.key.projectId, branchId };
      return new MirrorUnderTest({ key, platform: this.platform, repository: this.repository });
    }

    async mark(mark: MirrorMark): Promise<void> {
      await markMirror(db, this.key, mark);
    }

    /** Accepts events, as the API does. */
    async accept(...events: Event[]): Promise<void> {
      const incoming = events.map((event) => {
        const judged = judgeEvent(event, new Date());
        if (judged.kind === 'invalid') throw new Error(judged.message);
        const { change, incarnation } = judged;
        return { change, incarnation, body: Buffer.from(JSON.stringify(event)) };
      });
      await acceptChanges(db, sealer, this.key, incoming);
    }

    /** The host of its platform. */
    get stack(): string {
      return new URL(this.platform.url).host;
    }

    /** A round of asking the platform for news. */
    askFeeds(): Promise<AskFeedsResult> {
      return run(() => activities.askFeeds({ stack: this.stack }));
    }

    /** Closes a window. */
    window(choices: { key?: string; catchUp?: boolean } = {}): Promise<OpenBatchResult> {
      const now = new Date().toISOString();
      const { key: windowKey = randomUUID(), catchUp = false } = choices;
      const input = { ...this.key, windowKey, openedAt: now, closedAt: now, catchUp };
      return run(() => activities.openBatch(input));
    }

    /** Delivers; retries while it has to wait for another mirror, as its workflow does. */
    async deliver(): Promise<DeliverResult> {
      const until = Date.now() + 60_000;
      for (;;) {
        const mayWait = Date.now() < until;
        const result = await run(() => activities.deliver({ ...this.key, mayWait }));
        if (result.waitsFor === undefined) return result;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }

    /** Loses the worker after the push has arrived, before it can record that. */
    async deliverAndLoseWorker(): Promise<void> {
      hooks.afterPush = () => Promise.reject(new Error('The worker is gone.'));
      try {
        await this.deliver();
      } catch (error) {
        if (String(error).includes('The worker is gone')) return;
        throw error;
      } finally {
        hooks.afterPush = null;
      }
      throw new Error('The worker was not lost.');
    }

    /** Compares what the source has with the repository. */
    verify() {
      return run(() => activities.verifyMirror(this.key));
    }

    row() {
      return db
        .selectFrom('mirrors')
        .selectAll()
        .where('projectId', '=', this.key.projectId)
        .where('branchId', '=', this.key.branchId)
        .executeTakeFirstOrThrow();
    }

    batches() {
      return db
        .selectFrom('batches')
        .selectAll()
        .where('stream', '=', this.stream)
        .orderBy('ordinal')
        .execute();
    }

    changes() {
      return db
        .selectFrom('changeEvents')
        .select(['sequence', 'version', 'batchId', 'commitSha', 'deliveredAt'])
        .where('projectId', '=', this.key.projectId)
        .where('branchId', '=', this.key.branchId)
        .orderBy('sequence')
        .execute();
    }

    batchFiles() {
      return db
        .selectFrom('batchFiles')
        .innerJoin('batches', 'batches.id', 'batchFiles.batchId')
        .select(['path', 'blobId', 'content'])
        .where('stream', '=', this.stream)
        .orderBy('path')
        .execute();
    }
  }

  return {
    db,
    sealer,
    askModel,
    server,
    activities,
    installationId,
    credentialId: credential!.id,
    clones,
    git,
    hosts,
    platforms: knownPlatforms,
    openSource,
    texts,
    hooks,
    /** Tests may change them. */
    readingLimits,
    mail,
    /** Warnings and errors. */
    logged,
    /** What was logged at the level `info`. */
    told,
    /** What was counted. */
    meter,
    toldOperations,
    /** What workflows were told: `mirror/1/1000 retryNow`. */
    signals,
    run,
    mirror,
    settledMirror,
  };
}

type TrailerName = 'Stream' | 'Installation' | 'Batches' | 'Through' | 'Reason';

/** Our trailers of a commit, by their names without `Gitward-`. */
export function trailersOf(message: string): Partial<Record<TrailerName, string>> {
  return Object.fromEntries(
    [...message.matchAll(/^Gitward-(\w+): (.*)$/gm)].map(([, name, value]) => [name!, value!]),
  );
}

export const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
export const customers = { componentId: 'keboola.ex-aws-s3', configId: '8' };
export const report = { componentId: 'keboola.wr-db-mysql', configId: '9' };
