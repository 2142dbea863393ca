import { StreamFailure } from '../../../model/streams/errors.ts';
import type {
  Component,
  Configuration,
  PlatformBranch,
  PlatformProject,
} from '../../../model/platform/project.ts';
import type {
  BranchReading,
  ConfigurationList,
} from '../../configurations/configuration-source.ts';
import type { ReadOnce } from '../../source.ts';
import { decodeComponent, mergeComponents } from './decode-components.ts';
import { decodeMetadata } from './decode-configurations.ts';
import { decodeBranches, decodeOwner, type ListedBranch } from './decode-project.ts';
import { readConfigurationList } from './read-configuration-list.ts';
import { readStorage } from './read-storage.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** How to read a project. */
export interface ReadKeboolaOptions {
  /** The host as in the manifest. */
  apiHost: string;
  /** Whether to read buckets and tables as well. */
  storage: boolean;
  signal: AbortSignal;
}

/**
 * Reads a project and these of its branches in three calls, plus three calls per branch and two for its
 * storage ({@link readStorage}). Leaves out branches that do not exist.
 */
export async function readKeboolaProject(
  client: StorageApiClient,
  { branchIds, ...options }: ReadKeboolaOptions & { branchIds: readonly string[] },
): Promise<PlatformProject> {
  const { project, branches } = await readHead(client, options);
  const read: BranchContent[] = [];
  for (const branch of branches.filter(({ id }) => branchIds.includes(id))) {
    // One branch at a time, because each may be large, and the platform limits how often it may be called.
    read.push(await readContent(client, branch, project.id, options));
  }
  return {
    ...project,
    components: mergeComponents(project.components, ...read.map(({ components }) => components)),
    branches: read.map(({ branch, configurations }) => ({
      ...branch,
      configurations: decodeAll(configurations),
    })),
  };
}

function decodeAll(list: ConfigurationList): Configuration[] {
  return Array.from({ length: list.length }, (_, index) => list.at(index));
}

/** Reads one branch with the same calls. Its configurations are decoded when they are requested. */
export async function readKeboolaBranch(
  client: StorageApiClient,
  {
    branchId,
    once = (_name, read) => read(),
    ...options
  }: ReadKeboolaOptions & { branchId: string; once?: ReadOnce | undefined },
): Promise<BranchReading | null> {
  const { project, branches } = await once('head', () => readHead(client, options));
  const listed = branches.find(({ id }) => id === branchId);
  if (listed === undefined) return null;
  const { components, branch, configurations } = await readContent(
    client,
    listed,
    project.id,
    options,
  );
  return {
    project: { ...project, components: mergeComponents(project.components, components) },
    branch,
    configurations,
  };
}

interface ProjectHead {
  project: Omit<PlatformProject, 'branches'>;
  branches: ListedBranch[];
}

async function readHead(
  client: StorageApiClient,
  { apiHost, signal }: ReadKeboolaOptions,
): Promise<ProjectHead> {
  const [components, owner, branches] = await Promise.all([
    client.get('', (index) => index.at('components').items().map(decodeComponent), signal),
    client.get('/tokens/verify', decodeOwner, signal),
    client.get('/dev-branches', decodeBranches, signal),
  ]);
  const defaultBranch = branches.find((branch) => branch.isDefault);
  if (defaultBranch === undefined) {
    throw new StreamFailure('source_invalid', `${apiHost} lists no default branch of the project.`);
  }
  const { projectId: id, projectName: name, backends, features, limits } = owner;
  const defaultBranchId = defaultBranch.id;
  return {
    project: {
      ...{ id, name, apiHost, backends, features, defaultBranchId, components },
      ...(limits === undefined ? {} : { limits }),
    },
    branches,
  };
}

interface BranchContent {
  branch: Omit<PlatformBranch, 'configurations'>;
  components: Component[];
  configurations: ConfigurationList;
}

async function readContent(
  client: StorageApiClient,
  listed: ListedBranch,
  projectId: string,
  options: ReadKeboolaOptions,
): Promise<BranchContent> {
  const { signal } = options;
  const branchPath = `/branch/${encodeURIComponent(listed.id)}`;
  const storage = options.storage
    ? await readStorage(client, { branchPath, projectId, signal })
    : null;
  const [metadata, { components, configurations }] = await Promise.all([
    client.get(`${branchPath}/metadata`, decodeMetadata, signal),
    readConfigurationList(client, branchPath, signal),
  ]);
  return { branch: { ...listed, metadata, storage }, components, configurations };
}
