import { endOutage, escalateOutage, recordFailure } from '../db/outages.ts';
import { listActiveMirrors, requestCatchUp } from './catch-up.ts';
import type { Activities } from './contract.ts';
import { deliver } from './deliver.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { classified } from './execution.ts';
import { linkBranches } from './link-branches.ts';
import { notifyAdmins } from './notify-admins.ts';
import { openBatch } from './open-batch.ts';
import { readMirror } from './read-mirror.ts';
import { endOperation, runOperation } from './run-operation.ts';
import { readSpace } from './spaces/read-space.ts';
import { syncSpace } from './spaces/sync-space.ts';
import { Snapshots } from './snapshots.ts';
import { verifyMirror } from './verify-mirror.ts';

export type { Activities } from './contract.ts';
export { checkVisibility, currentSpaceVisibility } from './check-visibility.ts';
export { previewMirror } from './preview-mirror.ts';
export type { ActivityDependencies, Mail, SendMail } from './dependencies.ts';

/** The activities of Gitward's worker, over the parts that it is given. */
export function createActivities(given: Omit<ActivityDependencies, 'snapshots'>): Activities {
  const { db, sealer } = given;
  const deps: ActivityDependencies = { ...given, snapshots: new Snapshots(db, sealer) };
  return {
    readMirror: (key) => readMirror(deps, key),
    openBatch: classified((input) => openBatch(deps, input)),
    deliver: classified((key) => deliver(deps, key)),
    recordFailure: (attempt) => recordFailure(db, attempt),
    escalateOutage: ({ outageId }) => escalateOutage(db, outageId),
    endOutage: async ({ outageId }) => ({ told: await endOutage(db, outageId) }),
    notifyAdmins: (notice) => notifyAdmins(deps, notice),
    listActiveMirrors: ({ projectId }) => listActiveMirrors(deps, projectId),
    requestCatchUp: (key) => requestCatchUp(deps, key),
    linkBranches: ({ projectId }) => linkBranches(deps, projectId),
    verifyMirror: classified((key) => verifyMirror(deps, key)),
    readSpace: (space) => readSpace(deps, space),
    syncSpace: classified((space) => syncSpace(deps, space)),
    runOperation: classified((input) => runOperation(deps, input)),
    endOperation: (input) => endOperation(deps, input),
  };
}
