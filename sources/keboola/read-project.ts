import { StreamFailure } from '../../model/errors.ts';
import type { Component, PlatformBranch, PlatformProject } from '../../model/project.ts';
import { decodeComponent, mergeComponents } from './decode-components.ts';
import {
  decodeConfigurationMetadata,
  decodeConfigurations,
  decodeMetadata,
} from './decode-configurations.ts';
import { decodeBranches, decodeOwner, type ListedBranch } from './decode-project.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/**
 * Reads a project and these of its branches (those that are gone are left out) in three calls and
 * three more a branch. A branch's configurations come last and in one answer, so that what is read
 * of them is of one moment.
 */
export async function readKeboolaProject(
  client: StorageApiClient,
  {
    apiHost,
    branchIds,
    signal,
  }: { apiHost: string; branchIds: readonly string[]; signal: AbortSignal },
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
    read.push(await readBranch(client, branch, signal));
  }
  return {
    id: owner.projectId,
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
  signal: AbortSignal,
): Promise<BranchReading> {
  const path = `/branch/${encodeURIComponent(listed.id)}`;
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
      },
    }),
    signal,
  );
}
