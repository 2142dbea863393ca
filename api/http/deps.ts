import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Db } from '../../db/connect.ts';
import type { Sealer } from '../../db/sealing.ts';
import type { GitClones, GitTextTools } from '../../git/clones/clone-types.ts';
import type { Platforms } from '../../platforms/platform.ts';
import type { SaveWaits } from '../knowledge/entries/save-waits.ts';
import type { OpenSource } from '../../platforms/source.ts';
import type { MirrorWorkflows } from '../../temporal/mirror/mirror-workflows.ts';
import type { SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';
import type {
  AddressPolicy,
  CheckSpaceVisibility,
  CheckVisibility,
  PreviewMirror,
} from './ports.ts';

/** What the API is built from; `cli/` gives it. */
export interface ApiDeps {
  db: Db;
  sealer: Sealer;
  workflows: MirrorWorkflows;
  spaces: SpaceWorkflows;
  /** Full copies of spaces' branches, for history. */
  clones: GitClones;
  texts: GitTextTools;
  platforms: Platforms;
  /** Who waits until a save is on the remote. */
  saveWaits: SaveWaits;
  openSource: OpenSource;
  addressPolicy: AddressPolicy;
  previewMirror: PreviewMirror;
  checkVisibility: CheckVisibility;
  checkSpaceVisibility: CheckSpaceVisibility;
  /** A pino logger; requests are logged with their ids, without headers and bodies. */
  logger: FastifyBaseLogger;
  /** Gitward's version, for the OpenAPI description. */
  version: string;
  /** Requests a minute that a token may make; defaults to 6,000. */
  requestsPerMinute?: number;
  /** How often a status stream looks at the database, in ms; defaults to 1,000. */
  statusInterval?: number;
}

/** The Fastify instance that routes are added to: schemas give their types. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Adds routes; every room of the API is one of these. */
export type AddRoutes = (api: Api, deps: ApiDeps) => void;
