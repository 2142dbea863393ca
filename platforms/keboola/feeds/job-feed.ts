import type { AskedFeed, FeedAnswer } from '../../feeds/source-feeds.ts';
import type { Event } from '../../events/event-schema.ts';
import { decodeJob, type DecodedJob } from '../source/decode-jobs.ts';
import type { JsonReader } from '../source/json-reader.ts';
import type { StorageApiClient } from '../source/storage-api-client.ts';

const pageSize = 200;
const maxPageBytes = 12 * 1024 * 1024;
/** A job appears in the list some time after its end; so long, in milliseconds, it is asked for again. */
const overlap = 90_000;
/** A feed begins so much earlier than it has to, in milliseconds, since clocks differ. */
const unsure = 15 * 60_000;

/**
 * Asks for the jobs that ended since the cursor, which is a time (https://api.keboola.com/?service=job-queue, `GET /search/jobs`).
 * The newest come first: of more than a page, the rest is left to the comparison with everything.
 */
export async function askForJobs(
  client: StorageApiClient,
  { projectId, branchId: defaultBranchId, cursor, since }: AskedFeed,
  signal: AbortSignal,
): Promise<FeedAnswer> {
  const from = cursor ?? new Date((since?.getTime() ?? Date.now()) - unsure).toISOString();
  const query = new URLSearchParams({
    endTimeFrom: from,
    sortBy: 'endTime',
    sortOrder: 'desc',
    limit: String(pageSize),
  });
  const { count, jobs } = await client.get(
    `/search/jobs?${query.toString()}`,
    decodePage,
    signal,
    maxPageBytes,
  );
  const ended = jobs.filter(({ run }) => run.finishedAt >= from);
  const events = ended.reverse().flatMap((job) => reportOf(job, projectId, defaultBranchId) ?? []);
  return {
    events,
    cursor: nextCursor(from, ended),
    more: false,
    // Without a cursor, nobody can say what ended before.
    gap: count >= pageSize || events.length < ended.length || (cursor === null && since === null),
  };
}

/** Follows the platform's clock, since ours may be ahead of it; a time that is to come says nothing. */
function nextCursor(from: string, ended: readonly DecodedJob[]): string {
  const ends = ended.map(({ run }) => Date.parse(run.finishedAt));
  const newest = Math.min(Math.max(...ends, 0), Date.now());
  return new Date(Math.max(Date.parse(from), newest - overlap)).toISOString();
}

function decodePage(page: JsonReader): { count: number; jobs: DecodedJob[] } {
  const items = page.items();
  return { count: items.length, jobs: items.flatMap((job) => decodeJob(job) ?? []) };
}

/** What is known of a job, as somebody would report it; it is read again where it becomes a file. */
function reportOf(
  { run, branchId }: DecodedJob,
  projectId: string,
  defaultBranchId: string | null,
): Event | null {
  const branch = branchId ?? defaultBranchId;
  if (branch === null) return null;
  return {
    type: 'job_finished',
    projectId,
    branchId: branch,
    componentId: run.componentId,
    configId: run.configId,
    runId: run.runId,
    status: run.status,
    author: run.author,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
  };
}
