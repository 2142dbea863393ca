import { Writable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { pino } from 'pino';
import { afterAll, expect } from 'vitest';
import { createApi } from '../../api/http/create-api.ts';
import { SaveWaits } from '../../api/knowledge/entries/save-waits.ts';
import type { AddRoutes, ApiDeps } from '../../api/http/deps.ts';
import type { Db } from '../../db/connect.ts';
import { News } from '../../db/news.ts';
import { readFigures } from '../../db/telemetry/read-figures.ts';
import { createSealer, type Sealer } from '../../db/sealing.ts';
import { createToken, ensureAdminToken, type NewToken } from '../../db/access/tokens.ts';
import { createIdentityProviders } from '../../identity/create-identity-providers.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { defaultLabelLimits } from '../../model/telemetry/label-limits.ts';
import type { PlatformProject } from '../../model/platform/project.ts';
import { inMemoryReads } from '../../platforms/configurations/in-memory-reads.ts';
import { sourceOfObjects } from '../../platforms/configurations/source-of-objects.ts';
import { platforms } from '../../platforms/index.ts';
import type { Source, SourceAddress } from '../../platforms/source.ts';
import type { SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';
import {
  TemporalUnavailable,
  type MirrorWorkflows,
} from '../../temporal/mirror/mirror-workflows.ts';
import { watchAnswers } from './undocumented-answers.ts';
import { LogSampling } from '../../telemetry/log-sampling.ts';
import { testDatabase } from '../support/postgres.ts';
import { createMetrics } from '../../telemetry/metrics/create-metrics.ts';

export const adminToken = 'gw_the-admin-token-of-these-tests';
export const metricsToken = 'the-metrics-token-of-these-tests';

/** An API on a database of its own; everything outside of it is faked and recorded. */
export interface ApiUnderTest {
  app: FastifyInstance;
  db: Db;
  /** The database's URL, for parts that connect by themselves. */
  databaseUrl: string;
  sealer: Sealer;
  /** The signals sent to workflows, as `<signal> mirror/<p>/<b>` or `ensureSchedules <p>`. */
  told: string[];
  /** Everything that was logged. */
  log: () => string;
  /** What the source returns; tests may change it. */
  source: FakeSource;
  temporal: { away: boolean };
  deps: ApiDeps;
  /** Sends a request as the admin, or with another token (`null`: none). */
  call(
    method: InjectOptions['method'],
    url: string,
    body?: unknown,
    token?: string | null,
  ): Promise<Answer>;
  /** Creates a token and returns its secret. */
  token(token: Partial<NewToken> & Pick<NewToken, 'role'>): Promise<string>;
}

export interface Answer {
  status: number;
  // Tests look at answers of any shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  headers: Record<string, unknown>;
  text: string;
}

export interface FakeSource {
  projectId: string | null;
  branches: { id: string; name: string; isDefault: boolean }[];
  failure: StreamFailure | null;
  asked: number;
  opened: SourceAddress[];
  read: (projectId: string, branchIds: readonly string[]) => Promise<PlatformProject>;
}

export async function apiUnderTest(
  overrides: Partial<ApiDeps> = {},
  extra: AddRoutes[] = [],
): Promise<ApiUnderTest> {
  const { db, url: databaseUrl } = await testDatabase();
  const sealer = createSealer(randomBytes(32));
  const news = new News();
  const lines: string[] = [];
  const metrics = createMetrics({
    version: '0.0.0-test',
    limits: defaultLabelLimits,
    readFigures: () => readFigures(db, defaultLabelLimits),
    onProblem: (error) => void lines.push(String(error)),
    token: metricsToken,
    ofNode: false,
    every: 0,
  });
  const told: string[] = [];
  const temporal = { away: false };
  const source: FakeSource = {
    projectId: null,
    branches: [
      { id: '1', name: 'Main', isDefault: true },
      { id: '2', name: 'Development', isDefault: false },
    ],
    failure: null,
    asked: 0,
    opened: [],
    read: () => Promise.reject(new StreamFailure('source_invalid', 'Nothing to read.')),
  };
  const deps: ApiDeps = {
    db,
    sealer,
    workflows: recordingWorkflows(told, temporal),
    spaces: recordingSpaces(told, temporal),
    clones: { withClone: notAsked, askTip: notAsked, askRef: notAsked },
    texts: { merge: notAsked, diff: notAsked },
    platforms,
    news,
    saveWaits: new SaveWaits(db, news, { unheardInterval: 30 }),
    openSource: (address, projectId) => fakeSource(source, address, projectId),
    addressPolicy: {
      checkRepositoryUrl: refusing('private.example'),
      checkHttpUrl: refusing('private.example'),
    },
    network: { httpsProxy: null, httpProxy: null, trustProxyDns: false, certificateFiles: [] },
    previewMirror: () => Promise.reject(new Error('not asked')),
    previewChange: () => Promise.reject(new Error('not asked')),
    checkRepository: () => Promise.reject(new Error('not asked')),
    checkVisibility: () => Promise.resolve(),
    checkSpaceVisibility: () => Promise.resolve({ result: 'private', reason: 'GitHub says so.' }),
    sendNotice: () => Promise.resolve(),
    // Everything is logged, so that tests can look for it.
    sampling: new LogSampling(1, () => Promise.resolve(0)),
    logger: pino(
      { level: 'debug' },
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString());
          done();
        },
      }),
    ),
    version: '0.0.0-test',
    trustedProxies: null,
    publicUrl: () => 'http://gitward.example',
    workflowsUrl: 'http://temporal.example/namespaces/default/workflows',
    identityProviders: createIdentityProviders({
      dispatcher: createDispatcher(
        createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
      ),
    }),
    sessionLimits: { idle: 12 * 3_600_000, absolute: 7 * 86_400_000 },
    isOwnWorkerUp: null,
    metrics,
    meter: metrics.meter,
    unopened: [],
    streamTimings: { unheardInterval: 20, pause: 5 },
    healthTimings: { every: 0 },
    ...overrides,
  };
  const app = createApi(deps, extra);
  const undocumentedAnswers = watchAnswers(app);
  await app.ready();
  await ensureAdminToken(db, adminToken);
  afterAll(async () => {
    const undocumented = await undocumentedAnswers();
    await app.close();
    expect(undocumented).toEqual([]);
  });
  return {
    app,
    db,
    databaseUrl,
    sealer,
    told,
    log: () => lines.join(''),
    source,
    temporal,
    deps,
    async call(method, url, body, token = adminToken) {
      const answer = await app.inject({
        ...(method === undefined ? {} : { method }),
        url,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      const isJson = String(answer.headers['content-type']).includes('json');
      return {
        status: answer.statusCode,
        body: isJson && answer.body !== '' ? JSON.parse(answer.body) : null,
        headers: answer.headers,
        text: answer.body,
      };
    },
    async token(token) {
      const made = await createToken(db, {
        kind: 'machine',
        name: `a ${token.role}`,
        email: null,
        projects: null,
        // A token for some projects sees no spaces that it was not granted.
        spaces: token.projects == null ? null : [],
        ...token,
      });
      return made.secret;
    },
  };
}

/** Adds a sample project and a mirror of its branch 1; clears the recorded signals. */
export async function withMirror(
  api: ApiUnderTest,
  projectId: string,
  subdirectory = projectId,
): Promise<void> {
  const project = await api.call('POST', '/v1/projects', {
    id: projectId,
    source: { kind: 'sample' },
  });
  if (project.status !== 201) throw new Error(project.text);
  const mirror = await api.call('PUT', `/v1/projects/${projectId}/mirrors/1`, {
    repository: { url: 'https://git.example/mirror.git', branch: 'main', subdirectory },
  });
  if (mirror.status !== 201) throw new Error(mirror.text);
  api.told.length = 0;
}

/** A valid `config_changed` event of branch 1. */
export function configChanged(projectId: string, configId: string, newVersion = 1, rest = {}) {
  return {
    type: 'config_changed',
    projectId,
    branchId: '1',
    componentId: 'keboola.ex-db-mysql',
    configId,
    newVersion,
    author: 'ada@example.com',
    committedAt: '2026-03-01T12:00:00+01:00',
    diffRef: null,
    ...rest,
  };
}

function recordingWorkflows(told: string[], temporal: { away: boolean }): MirrorWorkflows {
  function tell(what: string): Promise<void> {
    if (temporal.away) return Promise.reject(new TemporalUnavailable('Temporal is away.'));
    told.push(what);
    return Promise.resolve();
  }
  return {
    signal: (mirror, signal) => tell(`${signal} ${mirrorStream(mirror)}`),
    verify: (mirror) => tell(`verify ${mirrorStream(mirror)}`),
    linkBranches: (projectId) => tell(`linkBranches ${projectId}`),
    ensureSchedules: (projectId) => tell(`ensureSchedules ${projectId}`),
    removeSchedules: (projectId) => tell(`removeSchedules ${projectId}`),
    watch: (stack) => tell(`watch ${stack}`),
    health: () =>
      temporal.away
        ? Promise.reject(new TemporalUnavailable('Temporal is away.'))
        : Promise.resolve({ temporal: true, worker: true }),
  };
}

/** As above, for spaces: `<signal> space/<s>`, `run operation/<o>`. */
function recordingSpaces(told: string[], temporal: { away: boolean }): SpaceWorkflows {
  function tell(what: string): Promise<void> {
    if (temporal.away) return Promise.reject(new TemporalUnavailable('Temporal is away.'));
    told.push(what);
    return Promise.resolve();
  }
  return {
    signal: (spaceId, signal) => tell(`${signal} space/${spaceId}`),
    runOperation: (operationId) => tell(`run operation/${operationId}`),
    cancelOperation: (operationId) => tell(`cancel operation/${operationId}`),
    tellOperation: (operationId) => tell(`tell operation/${operationId}`),
  };
}

function notAsked(): Promise<never> {
  return Promise.reject(new Error('These tests have no Git.'));
}

function fakeSource(source: FakeSource, address: SourceAddress, asked: string): Source {
  source.opened.push(address);
  const projectId = source.projectId ?? (address.kind === 'sample' ? asked : 'unknown');
  function answer<T>(value: () => T | Promise<T>): Promise<T> {
    source.asked++;
    if (source.failure) return Promise.reject(source.failure);
    return Promise.resolve(value());
  }
  return sourceOfObjects({
    verify: () => answer(() => ({ projectId, projectName: `Project ${projectId}` })),
    listBranches: () => answer(() => source.branches),
    ...inMemoryReads(() =>
      answer(() =>
        source.read(
          projectId,
          source.branches.map(({ id }) => id),
        ),
      ),
    ),
    readSample: notOfTheApi,
    listJobs: () => {
      throw new Error('Not asked by the API.');
    },
    readJob: notOfTheApi,
  });
}

function notOfTheApi(): Promise<never> {
  return Promise.reject(new Error('Not asked by the API.'));
}

function refusing(host: string): (url: string) => string {
  return (url) => {
    const parsed = new URL(url);
    if (parsed.hostname === host)
      throw new StreamFailure('address_refused', `${parsed.origin} is refused: it is private.`);
    return parsed.href;
  };
}
