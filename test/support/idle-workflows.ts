import type { SpaceWorkflows } from '../../temporal/knowledge/space-workflows.ts';
import type { MirrorWorkflows } from '../../temporal/mirror/mirror-workflows.ts';

/** Workflows that accept every signal and do nothing, for activities without Temporal. */
export const idleWorkflows: MirrorWorkflows = {
  signal: () => Promise.resolve(),
  verify: () => Promise.resolve(),
  linkBranches: () => Promise.resolve(),
  ensureSchedules: () => Promise.resolve(),
  removeSchedules: () => Promise.resolve(),
  watch: () => Promise.resolve(),
  health: () => Promise.resolve({ temporal: true, worker: true }),
};

/** As {@link idleWorkflows}, for spaces. */
export const idleSpaces: SpaceWorkflows = {
  signal: () => Promise.resolve(),
  runOperation: () => Promise.resolve(),
  cancelOperation: () => Promise.resolve(),
  tellOperation: () => Promise.resolve(),
};
