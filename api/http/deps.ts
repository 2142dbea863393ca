import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { IdentityProviders } from '../../model/access/open-id-connect.ts';
import type { SendNotice } from '../../model/streams/notice-channel.ts';
import type { SessionLimits } from '../../model/access/sign-in.ts';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Db } from '../../db/connect.ts';
import type { News } from '../../db/news.ts';
import type { Sealer } from '../../db/sealing.ts';
import type { GitClones, GitTextTools } from '../../git/clones/clone-types.ts';
import type { Platforms } from '../../platforms/platform.ts';
import type { LogSampling } from '../../telemetry/log-sampling.ts';
import type { Exposition } from '../../model/telemetry/exposition.ts';
import type { FiguresReader } from '../../model/telemetry/kept.ts';
import type { FreshnessOptions } from '../../telemetry/metrics/kept-fresh.ts';
import type { ApiMeter } from '../../model/telemetry/meter.ts';
import type { SaveWaits } from '../knowledge/entries/save-waits.ts';
import type { OpenSource } from '../../platforms/source.ts';
import type { MirrorWorkflows } from '../../temporal/mirror/mirror-workflows.ts';
import type { SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';
import type {
  AddressPolicy,
  CheckRepository,
  CheckSpaceVisibility,
  CheckVisibility,
  NetworkView,
  PreviewChange,
  PreviewMirror,
} from './ports.ts';

/** What the API needs; `cli/` provides it. */
export interface ApiDeps {
  db: Db;
  sealer: Sealer;
  workflows: MirrorWorkflows;
  spaces: SpaceWorkflows;
  /** Full copies of the branches of spaces, for history. */
  clones: GitClones;
  texts: GitTextTools;
  platforms: Platforms;
  /** What has changed in the database; streams of events read again when there is news. */
  news: News;
  /** The requests that wait until their save is on the remote. */
  saveWaits: SaveWaits;
  openSource: OpenSource;
  /** The columns with values that the master keys did not open when this process started. */
  unopened: readonly string[];
  addressPolicy: AddressPolicy;
  /** How other hosts are reached, for `/readyz`. */
  network: NetworkView;
  previewMirror: PreviewMirror;
  previewChange: PreviewChange;
  checkRepository: CheckRepository;
  checkVisibility: CheckVisibility;
  checkSpaceVisibility: CheckSpaceVisibility;
  /** Sends a notice to a channel. */
  sendNotice: SendNotice;
  /**
   * Whether the worker that belongs to this process works; `null` if it has none, and only Temporal knows which
   * workers there are.
   */
  isOwnWorkerUp: (() => boolean) | null;
  /** Which successes the log tells of. */
  sampling: LogSampling;
  /** What is measured of this process and the installation. */
  metrics: Exposition & FiguresReader;
  meter: ApiMeter;
  /** A pino logger; requests are logged with their ids, but without headers and bodies. */
  logger: FastifyBaseLogger;
  /** Gitward's version, for the OpenAPI description. */
  version: string;
  /** Where the console was built; `null` if it is not served. */
  consoleDirectory?: string | null;
  /** Requests per minute for each caller; defaults to 6,000. */
  requestsPerMinute?: number;
  /**
   * The proxies in front of the API, whose `X-Forwarded-For` is believed: addresses and networks, comma-separated;
   * `null`: none.
   */
  trustedProxies: string | null;
  /** The address at which browsers reach the API: scheme, host and port. It is known once the API listens. */
  publicUrl: () => string;
  /** Where the Temporal UI shows the workflows of our namespace; `null`: not known. */
  workflowsUrl: string | null;
  sessionLimits: SessionLimits;
  identityProviders: IdentityProviders;
  /** When streams of events read the database. */
  streamTimings?: StreamTimings;
  /** When what the installation did is read; defaults to every 15 s. */
  healthTimings?: Partial<FreshnessOptions>;
}

/** When a stream of events reads the database, in milliseconds. */
export interface StreamTimings {
  /** Time between two readings while no news arrives; defaults to 1 s. */
  unheardInterval?: number;
  /**
   * Time between two readings while news arrives, for what changes without news, such as what
   * depends on the time; defaults to 10 s.
   */
  heardInterval?: number;
  /** The least time between two readings, however much news there is; defaults to 250 ms. */
  pause?: number;
}

/** The Fastify instance that routes are added to; their types come from the schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Adds the routes of one part of the API. */
export type AddRoutes = (api: Api, deps: ApiDeps) => void;
