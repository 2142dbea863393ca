export { catchUpWorkflow } from './catch-up.ts';
export { mirrorWorkflow } from './mirror.ts';
export { verifyWorkflow } from './verify.ts';
