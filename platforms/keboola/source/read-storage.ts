import pMap from 'p-map';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { Bucket, ProjectStorage, Table } from '../../../model/platform/storage.ts';
import { isTooLarge } from './classify-failure.ts';
import { decodeBuckets } from './decode-buckets.ts';
import { decodeTables, tableIncludes } from './decode-tables.ts';
import type { StorageApiClient } from './storage-api-client.ts';
import { Tolerance } from './tolerance.ts';

/**
 * Bytes that the list of all tables may have. The API does not page; the list is asked for at once,
 * and bucket by bucket where it is larger: a table of 30 typed columns takes about 20 KB of it.
 */
const maxListBytes = 32 * 1024 * 1024;
/** Lists that are asked for at the same time: each may be large. */
const parallelLists = 4;

/** Which storage to read, and how. */
export interface ReadStorageOptions {
  /** The path of the branch, below `/v2/storage`. */
  branchPath: string;
  /** The project that the branch is of. */
  projectId: string;
  signal: AbortSignal;
  /** Other than 32 MiB, for tests. */
  maxBytes?: number | undefined;
}

/**
 * Reads a branch's buckets and tables, without data, in two calls; where the tables do not fit into one
 * answer, one more for each bucket. Types come from metadata, which lists have: `definition` would take
 * a call a table. Something of another shape is left out and noted.
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

/** A bucket that was deleted since it was listed has no tables. */
async function orGone(tables: Promise<Table[]>): Promise<Table[]> {
  try {
    return await tables;
  } catch (error) {
    if (error instanceof StreamFailure && error.code === 'source_not_found') return [];
    throw error;
  }
}
