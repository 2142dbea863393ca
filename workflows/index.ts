export { catchUpWorkflow } from './catch-up.ts';
export { mirrorWorkflow } from './mirror.ts';
export { operationWorkflow } from './operation.ts';
export { spaceWorkflow } from './space.ts';
export { verifyWorkflow } from './verify.ts';
