import pMap from 'p-map';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type {
  ConfigurationName,
  ConfigurationsReading,
} from '../../configurations/configuration-source.ts';
import { decodeConfiguration, decodeMetadata } from './decode-configurations.ts';
import { decodeBranches } from './decode-project.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** How many configurations are read at the same time. Each takes two calls, so four calls run in parallel. */
const parallelConfigurations = 2;

/**
 * Reads some configurations of a branch in two calls each. If one does not exist, another call checks whether
 * the branch does: the platform answers 404 for everything in a deleted branch, whose configurations must not
 * look as if someone had deleted them. Returns `null` if the branch does not exist.
 */
export async function readConfigurations(
  client: StorageApiClient,
  branchId: string,
  names: readonly ConfigurationName[],
  signal: AbortSignal,
): Promise<ConfigurationsReading | null> {
  const branchPath = `/branch/${encodeURIComponent(branchId)}`;
  const read = await pMap(names, (name) => readConfiguration(client, branchPath, name, signal), {
    concurrency: parallelConfigurations,
  });
  const gone = names.filter((_, index) => read[index] === null);
  if (gone.length > 0 && !(await hasBranch(client, branchId, signal))) return null;
  return { found: read.filter((one) => one !== null), gone };
}

/** One configuration, or `null` if it was deleted. */
async function readConfiguration(
  client: StorageApiClient,
  branchPath: string,
  { componentId, configId }: ConfigurationName,
  signal: AbortSignal,
): Promise<Configuration | null> {
  const names = [componentId, configId];
  // A URL cannot have such segments, and nothing in the platform has such an id.
  if (names.some((name) => ['', '.', '..'].includes(name))) return null;
  const [component, config] = names.map(encodeURIComponent);
  const path = `${branchPath}/components/${component}/configs/${config}`;
  const [found, metadata] = await Promise.all([
    orGone(
      client.get(
        path,
        // The configuration is in the platform's trash.
        (answer) =>
          answer.at('isDeleted').flag() ? null : decodeConfiguration(componentId, answer, () => []),
        signal,
      ),
    ),
    orGone(client.get(`${path}/metadata`, decodeMetadata, signal)),
  ]);
  if (found === null) return null;
  // It was deleted between the two calls. Otherwise, there is something wrong with the platform.
  if (metadata === null) {
    throw new StreamFailure(
      'source_not_found',
      `The metadata of ${componentId}/${configId} does not exist (404), but the configuration does. ` +
        'If it has just been deleted, the next attempt will notice. If not, check the address.',
    );
  }
  return { ...found, metadata };
}

/** The result of a call, or `null` if the platform does not have it. */
async function orGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof StreamFailure && error.code === 'source_not_found') return null;
    throw error;
  }
}

async function hasBranch(
  client: StorageApiClient,
  branchId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const branches = await client.get('/dev-branches', decodeBranches, signal);
  return branches.some(({ id }) => id === branchId);
}
