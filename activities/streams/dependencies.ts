import type { Db } from '../../db/connect.ts';
import type { Sealer } from '../../db/sealing.ts';
import type { GitClones, GitTextTools } from '../../git/clones/clone-types.ts';
import type { GitDeliverer } from '../../git/types.ts';
import type { Retention } from '../../model/housekeeping/retention.ts';
import type { ReadingLimits } from '../../model/knowledge/reading-limits.ts';
import type { ActivityMeter } from '../../model/telemetry/meter.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { SendNotice } from '../../model/streams/notice-channel.ts';
import type { ReviewHosts } from '../../hosts/reviews/types.ts';
import type { AskModel } from '../../hosts/models/types.ts';
import type { Hosts } from '../../hosts/types.ts';
import type { Platforms } from '../../platforms/platform.ts';
import type { OpenSource } from '../../platforms/source.ts';
import type { LogSampling } from '../../telemetry/log-sampling.ts';
import type { Snapshots } from '../mirror/window/snapshots.ts';
import type { MirrorWorkflows } from '../../temporal/mirror/mirror-workflows.ts';
import type { SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';

/** The parts that activities use; `cli/` builds them. */
export interface ActivityDependencies {
  db: Db;
  sealer: Sealer;
  /** What was last read of each mirror's project. */
  snapshots: Snapshots;
  git: GitDeliverer;
  clones: GitClones;
  /** How much of a space's repository is read. */
  readingLimits: ReadingLimits;
  texts: GitTextTools;
  hosts: Hosts;
  reviewHosts: ReviewHosts;
  askModel: AskModel;
  platforms: Platforms;
  openSource: OpenSource;
  workflows: MirrorWorkflows;
  spaces: SpaceWorkflows;
  /** Has a stream try again now what failed. */
  retryStream: (stream: StreamId) => Promise<void>;
  /** The time between two attempts of what failed, in milliseconds. */
  retryInterval: number;
  /** The time between two looks at a feed of a platform, in milliseconds; `null`: no platform is asked for news. */
  watchInterval: number | null;
  /** How long what is settled is kept. */
  retention: Retention;
  sendNotice: SendNotice;
  /** This installation's id, as written in commits. */
  installationId: string;
  /** Which changes the log tells of. */
  sampling: LogSampling;
  /** Counts what is done. */
  meter: ActivityMeter;
  logger: ActivityLogger;
}

/** The part of pino's logger that activities use. */
export interface ActivityLogger {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
