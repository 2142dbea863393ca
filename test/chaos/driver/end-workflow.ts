import { status } from '@grpc/grpc-js';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  type WorkflowHandle,
} from '@temporalio/client';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { deleteWorkflow, resetWorkflow } from '../../support/end-workflow.ts';
import type { Ending, Product } from '../plan/actions.ts';
import type { World } from '../world.ts';
import { mirrorKey, spaceId } from './stage.ts';

/** The workflow of each product. */
export const workflowIds: Record<Product, string> = {
  mirror: mirrorStream(mirrorKey),
  space: spaceStream(spaceId),
};

/** How long Temporal may take to answer, in milliseconds. */
const patience = 3_000;

/** It does not run, or Temporal is away or busy with its start. */
const possible = [status.NOT_FOUND, status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED];

/** An operator ends a workflow, or begins it again; or Temporal loses it. While Temporal is away, nobody can. */
export async function endWorkflow({ client }: World, of: Product, how: Ending): Promise<void> {
  const handle = client.workflow.getHandle(workflowIds[of]);
  const ending = { terminate, reset: resetWorkflow, lose: deleteWorkflow }[how];
  try {
    await client.withDeadline(Date.now() + patience, () => ending(handle));
  } catch (error) {
    const cause = error instanceof ServiceError ? error.cause : error;
    const couldNot = isGrpcServiceError(cause) && possible.includes(cause.code);
    if (!couldNot && !(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function terminate(handle: WorkflowHandle): Promise<void> {
  await handle.terminate('An operator made a mistake');
}
