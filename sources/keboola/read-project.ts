import { StreamFailure } from '../../model/errors.ts';
import type { Component, PlatformBranch, PlatformProject } from '../../model/project.ts';
import type { ProjectStorage } from '../../model/storage.ts';
import { decodeComponent, mergeComponents } from './decode-components.ts';
import {
  decodeConfigurationMetadata,
  decodeConfigurations,
  decodeMetadata,
} from './decode-configurations.ts';
import { decodeBranches, decodeOwner, type ListedBranch } from './decode-project.ts';
import { readStorage } from './read-storage.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** What to read of a project, and how. */
export interface ReadKeboolaProjectOptions {
  /** As the manifest names it. */
  apiHost: string;
  branchIds: readonly string[];
  /** Whether buckets and tables are read as well. */
  storage: boolean;
  signal: AbortSignal;
}

/**
 * Reads a project and these of its branches (those that are gone are left out) in three calls and
 * three more a branch, and two for its storage ({@link readStorage}). A branch's configurations come
 * last and in one answer, so that what is read of them is of one moment.
 */
export async function readKeboolaProject(
  client: StorageApiClient,
  { apiHost, branchIds, storage, signal }: ReadKeboolaProjectOptions,
): Promise<PlatformProject> {
  const [known, owner, branches] = await Promise.all([
    client.get('', (index) => index.at('components').items().map(decodeComponent), signal),
    client.get('/tokens/verify', decodeOwner, signal),
    client.get('/dev-branches', decodeBranches, signal),
  ]);
  const defaultBranch = branches.find((branch) => branch.isDefault);
  if (defaultBranch === undefined) {
    throw new StreamFailure('source_invalid', `${apiHost} lists no default branch of the project.`);
  }
  const read: BranchReading[] = [];
  for (const branch of branches.filter(({ id }) => branchIds.includes(id))) {
    // One after the other: each may be large, and the platform limits how often it is asked.
    const branchPath = `/branch/${encodeURIComponent(branch.id)}`;
    const { projectId } = owner;
    const found = storage ? await readStorage(client, { branchPath, projectId, signal }) : null;
    read.push(await readBranch(client, branch, { path: branchPath, storage: found, signal }));
  }
  return {
    id: owner.projectId,
    name: owner.projectName,
    apiHost,
    backends: owner.backends,
    features: owner.features,
    defaultBranchId: defaultBranch.id,
    components: mergeComponents(known, ...read.map(({ components }) => components)),
    branches: read.map(({ branch }) => branch),
  };
}

interface BranchReading {
  branch: PlatformBranch;
  components: Component[];
}

async function readBranch(
  client: StorageApiClient,
  listed: ListedBranch,
  { path, storage, signal }: { path: string; storage: ProjectStorage | null; signal: AbortSignal },
): Promise<BranchReading> {
  const [metadata, configurationMetadata] = await Promise.all([
    client.get(`${path}/metadata`, decodeMetadata, signal),
    client.get(
      `${path}/search/component-configurations?include=filteredMetadata`,
      decodeConfigurationMetadata,
      signal,
    ),
  ]);
  return client.get(
    `${path}/components?include=configuration,rows`,
    (answer) => ({
      components: answer.items().map(decodeComponent),
      branch: {
        ...listed,
        metadata,
        configurations: decodeConfigurations(answer, configurationMetadata),
        storage,
      },
    }),
    signal,
  );
}
