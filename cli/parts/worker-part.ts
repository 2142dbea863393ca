import { createActivities, createNoticeRound } from '../../activities/index.ts';
import { readInstallationId } from '../../db/streams/installation.ts';
import type { ActivityMeter } from '../../model/telemetry/meter.ts';
import { createHousekeeping } from '../../temporal/housekeeping/create-housekeeping.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { startNoticeRounds } from '../../worker/notice-rounds.ts';
import { startRelay } from '../../worker/relay.ts';
import type { Core } from './compose.ts';
import type { GitPart } from './git-part.ts';
import type { Part, Running } from '../running/running.ts';
import { workflowCode } from '../version.ts';

/** Starts the Temporal worker and the relay, and adds them to `running`. */
export async function startWorker(
  core: Core,
  gitPart: Pick<GitPart, 'git' | 'clones' | 'texts'>,
  meter: ActivityMeter,
  running: Running,
): Promise<void> {
  const {
    config,
    db,
    sealer,
    hosts,
    reviewHosts,
    askModel,
    sendNotice,
    platforms,
    openSource,
    sampling,
    workflows,
    spaces,
    temporal,
    logger,
  } = core;
  const activities = createActivities({
    db,
    sealer,
    git: gitPart.git,
    clones: gitPart.clones,
    readingLimits: config.limits.reading,
    texts: gitPart.texts,
    hosts,
    reviewHosts,
    askModel,
    platforms,
    openSource,
    workflows,
    spaces,
    retryInterval: config.timings.retryInterval,
    watchInterval: config.timings.watchInterval,
    sampling,
    retention: config.retention,
    sendNotice,
    installationId: await readInstallationId(db),
    meter,
    logger: logger.child({ part: 'activities' }),
  });
  const worker = await createWorker({
    ...{ temporal, activities, workflows: workflowCode() },
    interceptors: core.tracing === null ? [] : [core.tracing.activities],
  });
  const ended = worker.run().then(
    () => 'it was stopped',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  running.add({ name: 'The worker', stop: () => worker.stop(), ended });
  const relay = startRelay({
    db,
    mirrors: workflows,
    spaces,
    watchedPlatforms: platforms.all.filter(({ feeds }) => feeds.length > 0).map(({ kind }) => kind),
    housekeeping: createHousekeeping({ client: core.client }),
    logger: logger.child({ part: 'relay' }),
    timings: config.timings,
  });
  running.add({ name: 'The relay', stop: () => relay.stop() } satisfies Part);
  const rounds = startNoticeRounds({
    round: createNoticeRound({
      ...{ db, sealer, sendNotice },
      logger: logger.child({ part: 'activities' }),
    }),
    logger: logger.child({ part: 'notices' }),
  });
  running.add({ name: 'The rounds for notices', stop: () => rounds.stop() } satisfies Part);
}
