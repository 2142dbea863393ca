import { StreamFailure } from '../../../model/streams/errors.ts';
import type { JobRun } from '../../../model/platform/job.ts';
import type { ReadJobsOptions, ReadOptions } from '../../source.ts';
import { decodeJob, type DecodedJob } from './decode-jobs.ts';
import { decodeBranches } from './decode-project.ts';
import type { JsonReader } from './json-reader.ts';
import { queueAddress } from './queue-address.ts';
import type { StorageApiClient } from './storage-api-client.ts';

/** The number of jobs per page. The Queue API returns at most 500. */
const pageSize = 200;
/** Where a listing ends, even if the queue repeats itself or has endless jobs of other branches. */
const mostListed = 40_000;
const maxPageBytes = 32 * 1024 * 1024;

/** How to reach the Queue API. */
export interface QueueApiOptions {
  /** The Storage API's URL, and a client for it. Its index names the queue. */
  storageUrl: URL;
  storage: StorageApiClient;
  checkUrl: (url: string) => string;
  /** Creates a client for the Queue API at this URL. */
  connect: (url: URL) => StorageApiClient;
}

/** The jobs of a project, through Keboola's Queue API. */
export interface QueueApi {
  /** A client of the queue, whose address the Storage API's index names. Throws as {@link QueueApi.listJobs} does. */
  open(signal: AbortSignal): Promise<StorageApiClient>;
  /** See `Source.listJobs`. Throws `source_not_found` if the stack or the project has no queue. */
  listJobs(branchId: string, options: ReadJobsOptions): AsyncGenerator<JobRun[]>;
  /** See `Source.readJob`. */
  readJob(branchId: string, runId: string, options: ReadOptions): Promise<JobRun | null>;
}

/** Reads jobs with `GET /jobs` and `GET /jobs/{id}`. Nothing is sent until the first call. */
export function createQueueApi({
  storageUrl,
  storage,
  checkUrl,
  connect,
}: QueueApiOptions): QueueApi {
  let client: StorageApiClient | null = null;
  let defaultBranchId: string | null = null;

  async function open(signal: AbortSignal): Promise<StorageApiClient> {
    if (client !== null) return client;
    const named = await storage.get('', queueOf, signal);
    if (named === null)
      throw new StreamFailure('source_not_found', `${storageUrl.origin} names no job queue.`);
    return (client = connect(queueAddress(storageUrl, named, checkUrl)));
  }

  /** Whether a job belongs to the branch. A job without a branch belongs to the default one. */
  async function isOf(job: DecodedJob, branchId: string, signal: AbortSignal): Promise<boolean> {
    if (job.branchId !== null) return job.branchId === branchId;
    if (defaultBranchId === null) {
      const branches = await storage.get('/dev-branches', decodeBranches, signal);
      defaultBranchId = branches.find(({ isDefault }) => isDefault)?.id ?? '';
    }
    return branchId === defaultBranchId;
  }

  return {
    open,

    async *listJobs(branchId, { since, signal }) {
      const queue = await open(signal);
      const from = Date.parse(since);
      // No filter by branch, because jobs of the default branch may have no branch and would be left out.
      const query = new URLSearchParams({
        endTimeFrom: since,
        sortBy: 'endTime',
        sortOrder: 'desc',
        limit: String(pageSize),
      });
      // Newest first: if jobs finish in the meantime, a page repeats some of the previous one, but none is
      // missed.
      for (let offset = 0; offset < mostListed; offset += pageSize) {
        query.set('offset', String(offset));
        const { count, jobs } = await queue.get(
          `/jobs?${query.toString()}`,
          decodePage,
          signal,
          maxPageBytes,
        );
        const found: JobRun[] = [];
        for (const job of jobs) {
          if (Date.parse(job.run.finishedAt) < from) continue;
          if (await isOf(job, branchId, signal)) found.push(job.run);
        }
        yield found;
        const isPast = jobs.some(({ run }) => Date.parse(run.finishedAt) < from);
        if (count < pageSize || isPast) return;
      }
    },

    async readJob(branchId, runId, { signal }) {
      const queue = await open(signal);
      // The id of a run is its parent's id, a dot, and the job's own id.
      const jobId = runId.slice(runId.lastIndexOf('.') + 1);
      try {
        const job = await queue.get(`/jobs/${encodeURIComponent(jobId)}`, decodeJob, signal);
        if (job?.run.runId !== runId) return null;
        return (await isOf(job, branchId, signal)) ? job.run : null;
      } catch (error) {
        if (error instanceof StreamFailure && error.code === 'source_not_found') return null;
        throw error;
      }
    },
  };
}

function queueOf(index: JsonReader): string | null {
  if (index.at('services').isAbsent) return null;
  const service = index
    .at('services')
    .items()
    .find((one) => !one.at('id').isAbsent && one.at('id').id() === 'queue');
  return service === undefined ? null : service.at('url').text();
}

function decodePage(page: JsonReader): { count: number; jobs: DecodedJob[] } {
  const items = page.items();
  return { count: items.length, jobs: items.flatMap((job) => decodeJob(job) ?? []) };
}
