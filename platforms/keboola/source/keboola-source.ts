import type { Dispatcher } from 'undici';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { ConfigurationSource } from '../../configurations/configuration-source.ts';
import { FairTraffic } from '../../traffic/fair-traffic.ts';
import type { SourceTraffic } from '../../traffic/source-traffic.ts';
import { createKeboolaFeeds } from '../feeds/keboola-feeds.ts';
import { decodeComponent } from './decode-components.ts';
import { decodeBranches, decodeOwner } from './decode-project.ts';
import { createQueueApi } from './queue-api.ts';
import { readConfigurations } from './read-configurations.ts';
import { readKeboolaBranch, readKeboolaProject } from './read-project.ts';
import { readSample } from './read-sample.ts';
import { readStorage } from './read-storage.ts';
import {
  createStorageApiClient,
  type RequestLimits,
  type StorageApiClient,
} from './storage-api-client.ts';

/** What a Keboola source needs. */
export interface KeboolaSourceOptions {
  /** The stack's URL, such as `https://connection.keboola.com`. */
  url: string;
  /** A Storage API token that can read the whole project. It is never logged and never in a message. */
  token: string;
  /** Makes connections, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  /** Checks the address and returns it normalised. Throws `StreamFailure('address_refused')`. */
  checkUrl: (url: string) => string;
  /** The turns of this project at a host. Defaults to those of a project that is alone there. */
  trafficTo?: (url: URL) => SourceTraffic;
  /** Overrides of {@link defaultLimits}, for tests. */
  limits?: Partial<RequestLimits>;
}

/**
 * Up to six attempts, with about a minute of waiting in total. After that, the mirror's own timer tries
 * again.
 */
export const defaultLimits: RequestLimits = {
  timeout: 120_000,
  attempts: 6,
  backoff: { base: 500, max: 30_000 },
  maxBytes: 256 * 1024 * 1024,
};

/** A feed is asked again soon, and others are waiting for their turn. */
const feedLimits = { timeout: 10_000, attempts: 1 };

/**
 * Reads projects of Keboola through the Storage API, and their jobs through the Queue API. Throws if the
 * address is refused.
 */
export function createKeboolaSource(options: KeboolaSourceOptions): ConfigurationSource {
  const url = new URL(options.checkUrl(options.url));
  if (!/^[\x21-\x7e]+$/.test(options.token)) {
    throw new StreamFailure(
      'source_token_refused',
      `The token for ${url.origin} is empty or has characters that are not valid in a Storage API token.`,
    );
  }
  const { token, dispatcher } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const alone = new FairTraffic();
  const { trafficTo = (host: URL) => alone.of(host, '') } = options;
  const connection = { token, dispatcher, trafficTo };
  const client = createStorageApiClient({ url, ...connection, limits });
  const queueThrough = (storage: StorageApiClient, queueLimits: RequestLimits) =>
    createQueueApi({
      storageUrl: url,
      storage,
      checkUrl: options.checkUrl,
      connect: (queueUrl) =>
        createStorageApiClient({ url: queueUrl, root: '', ...connection, limits: queueLimits }),
    });
  // If the queue is unavailable, the configurations must not wait long for it.
  const queue = queueThrough(client, { ...limits, attempts: Math.min(limits.attempts, 3) });

  const askedOnce = { ...limits, ...feedLimits };
  const storage = createStorageApiClient({ url, ...connection, limits: askedOnce });
  const askedQueue = queueThrough(storage, askedOnce);
  const feeds = createKeboolaFeeds({ storage, openQueue: (signal) => askedQueue.open(signal) });

  return {
    feeds,

    async verify({ signal }) {
      const { projectId, projectName } = await client.get('/tokens/verify', decodeOwner, signal);
      return { projectId, projectName };
    },

    async listBranches({ signal }) {
      const branches = await client.get('/dev-branches', decodeBranches, signal);
      return branches.map(({ id, name, isDefault }) => ({ id, name, isDefault }));
    },

    readProject: (branchIds, { signal, storage = true }) =>
      readKeboolaProject(client, { apiHost: apiHost(url), branchIds, storage, signal }),

    readBranch: (branchId, { signal, storage = true, once }) =>
      readKeboolaBranch(client, { apiHost: apiHost(url), branchId, storage, signal, once }),

    readConfigurations: (branchId, names, { signal }) =>
      readConfigurations(client, branchId, names, signal),

    async readComponents({ signal }) {
      return client.get('', (index) => index.at('components').items().map(decodeComponent), signal);
    },

    async readStorage(branchId, { signal }) {
      const { projectId } = await client.get('/tokens/verify', decodeOwner, signal);
      const branchPath = `/branch/${encodeURIComponent(branchId)}`;
      return readStorage(client, { branchPath, projectId, signal });
    },

    readSample: (branchId, tableId, options) => readSample(client, branchId, tableId, options),

    listJobs: (branchId, jobsOptions) => queue.listJobs(branchId, jobsOptions),
    readJob: (branchId, runId, readOptions) => queue.readJob(branchId, runId, readOptions),
  };
}

/** As in the CLI's manifest: without `https://`, but with `http://` if that is used. */
function apiHost(url: URL): string {
  return url.protocol === 'https:' ? url.host : url.origin;
}
