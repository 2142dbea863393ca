export { catchUpWorkflow } from './mirror/catch-up.ts';
export { housekeepingWorkflow } from './housekeeping/housekeeping.ts';
export { mirrorWorkflow } from './mirror/mirror.ts';
export { operationWorkflow } from './knowledge/operation.ts';
export { spaceWorkflow } from './knowledge/space.ts';
export { verifyWorkflow } from './mirror/verify.ts';
export { watchWorkflow } from './mirror/watch.ts';
