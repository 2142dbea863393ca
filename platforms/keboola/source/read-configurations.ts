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

/** Configurations that are read at the same time: two calls each, so that four are under way. */
const parallelConfigurations = 2;

/**
 * Reads some configurations of a branch in two calls each. Where one is not there any more, one call
 * more looks whether the branch is: the platform answers 404 for everything in a branch that is gone,
 * which must not look like configurations that somebody deleted; `null` then.
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

/** One configuration; `null` where it was deleted. */
async function readConfiguration(
  client: StorageApiClient,
  branchPath: string,
  { componentId, configId }: ConfigurationName,
  signal: AbortSignal,
): Promise<Configuration | null> {
  const names = [componentId, configId];
  // An address has no such segments, and nothing on the platform has such an id.
  if (names.some((name) => ['', '.', '..'].includes(name))) return null;
  const [component, config] = names.map(encodeURIComponent);
  const path = `${branchPath}/components/${component}/configs/${config}`;
  const [found, metadata] = await Promise.all([
    orGone(
      client.get(
        path,
        // In the platform's bin.
        (answer) =>
          answer.at('isDeleted').flag() ? null : decodeConfiguration(componentId, answer, () => []),
        signal,
      ),
    ),
    orGone(client.get(`${path}/metadata`, decodeMetadata, signal)),
  ]);
  if (found === null) return null;
  // Deleted between the two calls; a platform that has no metadata for what is there is not well.
  if (metadata === null) {
    throw new StreamFailure(
      'source_not_found',
      `The metadata of ${componentId}/${configId} does not exist (404), though the configuration did. ` +
        'If it was deleted just now the next attempt finds out; if not, check the address.',
    );
  }
  return { ...found, metadata };
}

/** `null` for what the platform does not have. */
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
