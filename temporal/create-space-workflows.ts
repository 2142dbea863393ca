import type { Client } from '@temporalio/client';
import type { SpaceTimings } from '../workflows/messages.ts';
import type { SpaceWorkflows } from './space-workflows.ts';

/** What {@link createSpaceWorkflows} needs. Times are milliseconds. */
export interface SpaceWorkflowsOptions {
  client: Client;
  /** Given to workflows that are started. */
  timings: SpaceTimings;
  /** How long a call may take; 5 s unless told. */
  deadline?: number;
}

/** The spaces' workflows on this Temporal. */
export function createSpaceWorkflows(options: SpaceWorkflowsOptions): SpaceWorkflows {
  const notBuilt = () =>
    Promise.reject(new Error(`Not built yet: ${options.client.options.namespace}`));
  return { signal: notBuilt, runOperation: notBuilt, cancelOperation: notBuilt };
}
