import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiBucket, ApiTable } from './tables.ts';

/** A project in the form of the Storage API, with only the fields that Gitward reads. */
export interface StorageApiProject {
  index: { components: ApiComponent[] } & Record<string, unknown>;
  token: {
    owner: { id: number; name: string; features: string[] } & Record<string, unknown>;
  } & Record<string, unknown>;
  branches: ApiBranch[];
}

export interface ApiComponent {
  id: string;
  type: string;
  name: string;
  flags: string[];
  data: { default_bucket: boolean; default_bucket_stage: string };
}

export interface ApiBranch {
  id: number;
  name: string;
  description: string;
  isDefault: boolean;
  metadata: ApiMetadata[];
  configurations: ApiConfiguration[];
  buckets: ApiBucket[];
  tables: ApiTable[];
}

export interface ApiMetadata {
  id: string;
  key: string;
  value: string;
  timestamp: string;
}

export interface ApiConfiguration {
  componentId: string;
  id: string;
  name: string;
  description: string;
  isDisabled: boolean;
  version: number;
  configuration: Record<string, unknown>;
  rows: ApiRow[];
  created: string;
  creatorToken?: { id: number; description: string };
  changeDescription: string;
  currentVersion?: {
    created: string;
    creatorToken: { id: number; description: string };
    changeDescription: string;
  };
  metadata: ApiMetadata[];
}

export interface ApiRow {
  id: string;
  name: string;
  description: string;
  isDisabled: boolean;
  version: number;
  configuration: Record<string, unknown>;
}

/** The components of {@link smallProject}: id → type. */
const smallComponents: Record<string, string> = {
  'keboola.ex-db-mysql': 'extractor',
  'keboola.ex-aws-s3': 'extractor',
  'keboola.wr-db-mysql': 'writer',
  'keboola.snowflake-transformation': 'transformation',
  'keboola.orchestrator': 'other',
  'keboola.data-apps': 'other',
};

/** A project with a default branch (1000), a development branch (1001) and a few configurations. */
export function smallProject({ id = 12345, name = 'Shop' } = {}): StorageApiProject {
  const orders = configuration('keboola.ex-db-mysql', '7', 'Orders', {
    parameters: { db: { host: 'mysql.example.com', '#password': 'KBC::ProjectSecure::eJw=' } },
  });
  orders.rows = ['Orders', 'Order lines'].map((table, index) => ({
    id: `70${index}`,
    name: table,
    description: '',
    isDisabled: false,
    version: 1,
    configuration: { parameters: { table: { tableName: table }, incremental: false } },
  }));
  const branch = (id: number, name: string, configurations: ApiConfiguration[]): ApiBranch => ({
    id,
    name,
    description: '',
    isDefault: id === 1000,
    metadata: [],
    configurations,
    buckets: [],
    tables: [],
  });
  return {
    index: {
      host: 'storage-api',
      api: 'storage',
      version: 'v2',
      components: Object.entries(smallComponents).map(([id, type]) => ({
        id,
        type,
        name: id,
        flags: type === 'transformation' ? ['genericCodeBlocksUI'] : [],
        data: { default_bucket: false, default_bucket_stage: '' },
      })),
    },
    token: {
      id: '1',
      description: 'gitward@example.com',
      isMasterToken: true,
      owner: { id, name, features: ['queuev2'], hasSnowflake: true, defaultBackend: 'snowflake' },
    },
    branches: [
      branch(1000, 'Main', [
        orders,
        configuration('keboola.ex-aws-s3', '8', 'Customers', { parameters: { bucket: 'crm' } }),
        configuration('keboola.wr-db-mysql', '9', 'Report', { parameters: { mode: 'full' } }),
      ]),
      branch(1001, 'New pricing', [structuredClone(orders)]),
    ],
  };
}

/** The first version of a configuration. */
export function configuration(
  componentId: string,
  id: string,
  name: string,
  content: Record<string, unknown> = {},
): ApiConfiguration {
  return {
    componentId,
    id,
    name,
    description: '',
    isDisabled: false,
    version: 1,
    configuration: content,
    rows: [],
    created: '2026-01-01T00:00:00+0000',
    creatorToken: { id: 1, description: 'eva@example.com' },
    changeDescription: 'Configuration created',
    metadata: [],
  };
}

/** Answers exactly as they were recorded: path relative to `/v2/storage`, without query → text. */
export type RecordedAnswers = Map<string, string>;

/**
 * Reads a recorded project (a folder with `index.json`, `tokens-verify.json`, `dev-branches.json` and
 * `branch-ID/`). The recorded texts keep what parsing would lose, such as the order of the keys `10`, `2`.
 */
export function recordedProject(directory: string): {
  project: StorageApiProject;
  answers: RecordedAnswers;
} {
  const answers: RecordedAnswers = new Map();
  function read(path: string, file: string): unknown {
    const text = readFileSync(join(directory, file), 'utf8');
    answers.set(path, text);
    return JSON.parse(text);
  }
  if (!existsSync(join(directory, 'index.json'))) {
    throw new Error(`${directory} has no index.json: use the api/ folder of a case.`);
  }
  const listed = read('/dev-branches', 'dev-branches.json') as ListedBranch[];
  const branches = listed.map((branch): ApiBranch => {
    const path = `/branch/${branch.id}`;
    const folder = `branch-${branch.id}`;
    const found = read(
      `${path}/search/component-configurations`,
      `${folder}/component-configurations.json`,
    ) as FoundMetadata[];
    const components = read(`${path}/components`, `${folder}/components.json`) as ListedComponent[];
    const metadataOf = (componentId: string, configId: string) =>
      found.find((one) => one.idComponent === componentId && one.configurationId === configId)
        ?.metadata ?? [];
    return {
      ...branch,
      buckets: [],
      tables: [],
      metadata: read(`${path}/metadata`, `${folder}/metadata.json`) as ApiMetadata[],
      configurations: components.flatMap(({ id: componentId, configurations }) =>
        configurations.map((config) => ({
          ...config,
          componentId,
          metadata: metadataOf(componentId, config.id),
        })),
      ),
    };
  });
  const project: StorageApiProject = {
    index: read('', 'index.json') as StorageApiProject['index'],
    token: read('/tokens/verify', 'tokens-verify.json') as StorageApiProject['token'],
    branches,
  };
  return { project, answers };
}

type ListedBranch = Omit<ApiBranch, 'metadata' | 'configurations' | 'buckets' | 'tables'>;
interface ListedComponent {
  id: string;
  configurations: Omit<ApiConfiguration, 'componentId' | 'metadata'>[];
}
interface FoundMetadata {
  idComponent: string;
  configurationId: string;
  metadata: ApiMetadata[];
}
