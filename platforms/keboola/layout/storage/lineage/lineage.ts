import type { ShownTable } from '../../../../../model/platform/job.ts';
import type { ProjectStorage } from '../../../../../model/platform/storage.ts';
import { configurationEdges, type LineageInput } from './configuration-edges.ts';
import {
  comparable,
  compareEdges,
  edgeIdentity,
  type ComparableEdge,
  type LineageEdge,
} from './edge.ts';
import { jobEdges } from './job-edges.ts';
import { metadataEdges } from './metadata-edges.ts';
import { storageEdges } from './storage-edges.ts';

/**
 * What writes and reads the tables of each bucket, as far as this project shows: bucket → its edges, each
 * once and in a fixed order. Includes buckets that configurations name but that do not exist (yet).
 * `jobTables` are the tables that runs of jobs used, for edges that nothing else shows.
 */
export function lineage(
  {
    branch,
    paths,
    jobTables = [],
  }: Pick<LineageInput, 'branch' | 'paths'> & { jobTables?: readonly ShownTable[] },
  storage: ProjectStorage,
): Map<string, LineageEdge[]> {
  const input = { branch, paths, tables: storage.tables };
  const configured = configurationEdges(input);
  const edges = [...configured, ...metadataEdges(input, configured)];
  const all = [...edges, ...jobEdges(input, jobTables, edges), ...storageEdges(storage)];
  const byBucket = new Map<string, Map<string, ComparableEdge>>();
  for (const edge of all.map(comparable)) {
    const { bucketId } = edge.edge;
    const edges = byBucket.get(bucketId) ?? new Map<string, ComparableEdge>();
    byBucket.set(bucketId, edges.set(edgeIdentity(edge), edge));
  }
  return new Map(
    [...byBucket].map(([bucketId, edges]) => [
      bucketId,
      [...edges.values()].sort(compareEdges).map(({ edge }) => edge),
    ]),
  );
}
