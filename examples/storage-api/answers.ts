import type { ApiBranch, ApiConfiguration, StorageApiProject } from './data.ts';
import { previewAnswer } from './preview.ts';
import { bucketAnswer, tableAnswer } from './tables.ts';

/** The endpoints that the stand-in supports, with the names that the recorded cases use. */
export type Endpoint =
  | 'index'
  | 'tokens-verify'
  | 'dev-branches'
  | 'components'
  | 'metadata'
  | 'component-configurations'
  | 'configuration'
  | 'configuration-metadata'
  | 'buckets'
  | 'tables'
  | 'bucket-tables'
  | 'data-preview'
  | 'events'
  | 'jobs'
  | 'job-search'
  | 'job';

/** The endpoint of a path, relative to `/v2/storage`. */
export function endpointOf(path: string): Endpoint | null {
  if (path === '') return 'index';
  if (path === '/tokens/verify') return 'tokens-verify';
  if (path === '/dev-branches') return 'dev-branches';
  if (/^(?:\/branch\/[^/]+)?\/events$/.test(path)) return 'events';
  if (/^\/branch\/[^/]+\/components$/.test(path)) return 'components';
  if (/^\/branch\/[^/]+\/metadata$/.test(path)) return 'metadata';
  if (/^\/branch\/[^/]+\/search\/component-configurations$/.test(path))
    return 'component-configurations';
  if (/^\/branch\/[^/]+\/components\/[^/]+\/configs\/[^/]+$/.test(path)) return 'configuration';
  if (/^\/branch\/[^/]+\/components\/[^/]+\/configs\/[^/]+\/metadata$/.test(path))
    return 'configuration-metadata';
  if (/^\/branch\/[^/]+\/buckets$/.test(path)) return 'buckets';
  if (/^\/branch\/[^/]+\/tables$/.test(path)) return 'tables';
  if (/^\/branch\/[^/]+\/buckets\/[^/]+\/tables$/.test(path)) return 'bucket-tables';
  if (/^\/branch\/[^/]+\/tables\/[^/]+\/data-preview$/.test(path)) return 'data-preview';
  return null;
}

/** The platform's answer for a path. `null` if the branch, bucket or configuration does not exist. */
export function answerOf(
  project: StorageApiProject,
  path: string,
  query: URLSearchParams = new URLSearchParams(),
): unknown {
  switch (endpointOf(path)) {
    case 'index':
      return project.index;
    case 'tokens-verify':
      return project.token;
    case 'dev-branches':
      return project.branches.map(({ id, name, description, isDefault }) => ({
        id,
        name,
        description,
        isDefault,
        created: '2026-01-01T00:00:00+0000',
      }));
    case 'components':
      return withBranch(project, path, (branch) => componentsOf(project, branch));
    case 'metadata':
      return withBranch(project, path, ({ metadata }) => metadata);
    case 'component-configurations':
      return withBranch(project, path, ({ configurations }) =>
        configurations
          .filter(({ metadata }) => metadata.length > 0)
          .map(({ componentId, id, metadata }) => ({
            idComponent: componentId,
            configurationId: id,
            metadata,
          })),
      );
    case 'configuration':
      return withConfiguration(project, path, configurationAnswer);
    case 'configuration-metadata':
      return withConfiguration(project, path, ({ metadata }) => metadata);
    case 'buckets':
      return withBranch(project, path, ({ buckets }) =>
        buckets.map((bucket) => bucketAnswer(bucket, includesOf(query))),
      );
    case 'tables':
      return withBranch(project, path, ({ tables }) =>
        tables.map((table) => tableAnswer(table, includesOf(query))),
      );
    case 'data-preview':
      return withBranch(project, path, ({ tables }) => {
        const tableId = decodeURIComponent(path.split('/')[4] ?? '');
        const table = tables.find(({ id }) => id === tableId);
        return table === undefined ? null : previewAnswer(table, query);
      });
    case 'bucket-tables':
      return withBranch(project, path, ({ buckets, tables }) => {
        const bucketId = decodeURIComponent(path.split('/')[4] ?? '');
        if (!buckets.some(({ id }) => id === bucketId)) return null;
        return tables
          .filter(({ id }) => id.startsWith(`${bucketId}.`))
          .map((table) => tableAnswer(table, includesOf(query)));
      });
    // These are in `event-store.ts` and, of the Queue API, in `queue-api.ts`.
    case 'events':
    case 'job-search':
    case 'jobs':
    case 'job':
    case null:
      return null;
  }
}

/** What a list includes. Defaults to `metadata`, as in the platform. */
function includesOf(query: URLSearchParams): ReadonlySet<string> {
  return new Set((query.get('include') ?? 'metadata').split(','));
}

function withBranch<T>(
  project: StorageApiProject,
  path: string,
  answer: (branch: ApiBranch) => T,
): T | null {
  const branch = project.branches.find(({ id }) => String(id) === path.split('/')[2]);
  return branch === undefined ? null : answer(branch);
}

function withConfiguration<T>(
  project: StorageApiProject,
  path: string,
  answer: (config: ApiConfiguration) => T,
): T | null {
  return withBranch(project, path, ({ configurations }) => {
    const [componentId, , id] = path.split('/').slice(4).map(decodeURIComponent);
    const found = configurations.find((one) => one.componentId === componentId && one.id === id);
    return found === undefined ? null : answer(found);
  });
}

/** Configurations grouped by their components, in the order in which the components first occur. */
function componentsOf({ index }: StorageApiProject, { configurations }: ApiBranch) {
  const known = new Map(index.components.map((component) => [component.id, component]));
  const byComponent = new Map<string, ApiConfiguration[]>();
  for (const config of configurations) {
    const ofIt = byComponent.get(config.componentId);
    if (ofIt === undefined) byComponent.set(config.componentId, [config]);
    else ofIt.push(config);
  }
  return [...byComponent].map(([id, ofIt]) => ({
    ...(known.get(id) ?? { id, type: 'other', name: id }),
    configurations: ofIt.map(configurationAnswer),
  }));
}

function configurationAnswer(config: ApiConfiguration): object {
  // Fields of our own, which JSON leaves out.
  const ours = { componentId: undefined, metadata: undefined };
  return { ...config, ...ours, isDeleted: false, state: {} };
}
