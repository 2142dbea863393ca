import type { Db } from '../../../db/connect.ts';
import { listJobTables } from '../../../db/mirror/job-tables.ts';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { hasRenderedBelow } from '../../../db/mirror/table-samples.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { samplesFolder } from '../../../platforms/samples/sample-paths.ts';
import type { ShownParts } from './tree-part.ts';

/** What there is of the parts before anything is found for or written of them. */
export const nothingShown: ShownParts = { jobTables: [], samples: false };

/** What summaries tell of the parts, as the records and the rendered state have them. */
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
