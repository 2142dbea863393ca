import type { Db } from '../../../db/connect.ts';
import { listJobTables } from '../../../db/mirror/job-tables.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { hasRenderedBelow } from '../../../db/mirror/table-samples.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { samplesFolder } from '../../../platforms/samples/sample-paths.ts';
import type { ShownParts } from './tree-part.ts';

/** What summaries show of the parts before anything is found or written. */
export const nothingShown: ShownParts = { jobTables: [], samples: false };

/** What summaries show of the parts, from the records and the rendered state. */
export async function readShownParts(
  { db }: { db: Db },
  row: Pick<Mirror, 'projectId' | 'branchId' | 'policy'>,
): Promise<ShownParts> {
  const stream = mirrorStream(mirrorKey(row));
  const { jobs, samples } = row.policy;
  return {
    jobTables: jobs.enabled ? await listJobTables(db, stream) : [],
    samples: samples.enabled && (await hasRenderedBelow(db, stream, samplesFolder)),
  };
}
