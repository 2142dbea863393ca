import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { connect, type Db } from '../../db/connect.ts';
import { listSampleChanges } from '../../db/mirror/sample-changes.ts';
import { countBacklog } from '../../db/mirror/followed-changes.ts';
import { createSealer, type Sealer } from '../../db/sealing.ts';
import { createDiskRoom, type DiskRoom } from '../../git/disk-room.ts';
import { createHosts } from '../../hosts/create-hosts.ts';
import { createAskModel } from '../../hosts/models/ask-model.ts';
import type { AskModel } from '../../hosts/models/types.ts';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import { createIdentityProviders } from '../../identity/create-identity-providers.ts';
import type { IdentityProviders } from '../../model/access/open-id-connect.ts';
import type { Hosts } from '../../hosts/types.ts';
import type { SendNotice } from '../../model/streams/notice-channel.ts';
import type { ReviewHosts } from '../../hosts/reviews/types.ts';
import { createAddressPolicy, type AddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { platforms } from '../../platforms/index.ts';
import type { Platforms } from '../../platforms/platform.ts';
import { FairTraffic } from '../../platforms/traffic/fair-traffic.ts';
import type { OpenSource } from '../../platforms/source.ts';
import { LogSampling } from '../../telemetry/log-sampling.ts';
import { connectTemporal, type TemporalTarget } from '../../temporal/connect.ts';
import { createMirrorWorkflows } from '../../temporal/mirror/create-mirror-workflows.ts';
import { createSpaceWorkflows } from '../../temporal/knowledge/create-space-workflows.ts';
import type { MirrorWorkflows } from '../../temporal/mirror/mirror-workflows.ts';
import type { SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';
import { createSendNotice } from './notices.ts';
import type { TemporalTracing } from './tracing-part.ts';

/** What all parts of Gitward share, whichever of them run in this process. */
export interface Core {
  config: Config;
  logger: Logger;
  db: Db;
  /** Connects to the database directly, not through a pooler. */
  directUrl: string;
  sealer: Sealer;
  policy: AddressPolicy;
  /** The disk of the data directory. */
  disk: DiskRoom;
  hosts: Hosts;
  reviewHosts: ReviewHosts;
  askModel: AskModel;
  sendNotice: SendNotice;
  identityProviders: IdentityProviders;
  platforms: Platforms;
  openSource: OpenSource;
  /** Which changes the log tells of. */
  sampling: LogSampling;
  temporal: TemporalTarget;
  tracing: TemporalTracing | null;
  client: Client;
  workflows: MirrorWorkflows;
  spaces: SpaceWorkflows;
  close(): Promise<void>;
}

/** What {@link composeCore} needs. */
export interface CoreOptions {
  config: Config;
  logger: Logger;
  databaseUrl: string;
  temporal: TemporalTarget;
  masterKey: Buffer;
  /** `null`: nothing is traced. */
  tracing: TemporalTracing | null;
}

/** Builds the core. It connects to the database and to Temporal only when they are first used. */
export function composeCore(options: CoreOptions): Core {
  const { config, logger, databaseUrl, temporal, masterKey, tracing } = options;
  const db = connect({
    url: databaseUrl,
    onError: (error) => logger.warn(`A database connection was lost: ${error.message}`),
  });
  const policy = createAddressPolicy(config);
  const dispatcher = createDispatcher(policy, { network: config.network });
  const traffic = new FairTraffic();
  const connection = connectTemporal(temporal, tracing === null ? [] : [tracing.signals]);
  const { client } = connection;
  return {
    config,
    logger,
    db,
    directUrl: config.databaseDirectUrl ?? databaseUrl,
    sealer: createSealer(masterKey, config.previousMasterKeys),
    policy,
    disk: createDiskRoom({ directory: config.dataDir, least: config.leastFreeDisk }),
    hosts: createHosts({ dispatcher }),
    reviewHosts: createReviewHosts({ dispatcher }),
    askModel: createAskModel({ dispatcher }),
    sendNotice: createSendNotice(config, dispatcher),
    identityProviders: createIdentityProviders({ dispatcher }),
    platforms,
    openSource: (address, projectId) =>
      platforms.of(address.kind).open(address, {
        projectId,
        dispatcher,
        checkUrl: (url) => policy.checkHttpUrl(url),
        trafficTo: (url) => traffic.of(url, projectId),
        listChanges: () => listSampleChanges(db, projectId),
      }),
    sampling: new LogSampling(config.logSample, (most) => countBacklog(db, most)),
    temporal,
    tracing,
    client,
    workflows: createMirrorWorkflows({ client, timings: config.timings }),
    spaces: createSpaceWorkflows({
      client,
      timings: { ...config.timings, window: config.timings.saveWindow },
    }),
    async close() {
      await connection.close();
      await dispatcher.close();
      await db.destroy();
    },
  };
}
