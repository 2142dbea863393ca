import pMap from 'p-map';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { Bucket, ProjectStorage, Table } from '../../../model/platform/storage.ts';
import { isTooLarge } from './classify-failure.ts';
import { decodeBuckets } from './decode-buckets.ts';
import { decodeTables, tableIncludes } from './decode-tables.ts';
import type { StorageApiClient } from './storage-api-client.ts';
import { Tolerance } from './tolerance.ts';

/**
 * The maximum size of the list of all tables, in bytes. The API has no paging. If the complete list is
 * larger, tables are listed bucket by bucket. A table with 30 typed columns takes about 20 KB.
 */
const maxListBytes = 32 * 1024 * 1024;
/** How many lists are requested at the same time. Each may be large. */
const parallelLists = 4;

/** Which storage to read, and how. */
export interface ReadStorageOptions {
  /** The path of the branch, relative to `/v2/storage`. */
  branchPath: string;
  /** The project that the branch belongs to. */
  projectId: string;
  signal: AbortSignal;
  /** Overrides the 32 MiB, for tests. */
  maxBytes?: number | undefined;
}

/**
 * Reads a branch's buckets and tables, without data, in two calls, or if the tables do not fit into one
 * answer, with one more call per bucket. Types come from metadata, which lists include: `definition` would
 * take one call per table. Anything with an unexpected form is left out and recorded as a problem.
 */
export async function readStorage(
  client: StorageApiClient,
  options: ReadStorageOptions,
): Promise<ProjectStorage> {
  const tolerance = new Tolerance();
  const buckets = await client.get(
    `${options.branchPath}/buckets?include=metadata,linkedBuckets`,
    (answer) => decodeBuckets(answer, tolerance),
    options.signal,
  );
  const tables = await readTables(client, buckets, options, tolerance);
  return { buckets, tables, problems: tolerance.problems };
}

async function readTables(
  client: StorageApiClient,
  buckets: readonly Bucket[],
  { branchPath, projectId, signal, maxBytes = maxListBytes }: ReadStorageOptions,
  tolerance: Tolerance,
): Promise<Table[]> {
  const list = (folder: string, most?: number): Promise<Table[]> =>
    client.get(
      `${folder}/tables?include=${tableIncludes}`,
      (answer) => decodeTables(answer, projectId, tolerance),
      signal,
      most,
    );
  try {
    return await list(branchPath, maxBytes);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  const lists = await pMap(
    buckets,
    ({ id }) => orGone(list(`${branchPath}/buckets/${encodeURIComponent(id)}`)),
    { concurrency: parallelLists },
  );
  return lists.flat();
}

/** A bucket that was deleted after it was listed has no tables. */
async function orGone(tables: Promise<Table[]>): Promise<Table[]> {
  try {
    return await tables;
  } catch (error) {
    if (error instanceof StreamFailure && error.code === 'source_not_found') return [];
    throw error;
  }
}
