import { sleep } from '@temporalio/workflow';
import * as workflows from '../../workflows/index.ts';
import type {
  CatchUpInput,
  MirrorInput,
  OperationInput,
  SpaceInput,
  VerifyInput,
  WatchInput,
} from '../../workflows/messages.ts';

/*
 * The workflows after a careless change: one more timer at the start. No recorded history may
 * replay with them.
 */

export async function mirrorWorkflow(input: MirrorInput): Promise<void> {
  await sleep(1);
  return workflows.mirrorWorkflow(input);
}

export async function catchUpWorkflow(input: CatchUpInput): Promise<void> {
  await sleep(1);
  return workflows.catchUpWorkflow(input);
}

export async function verifyWorkflow(input: VerifyInput): Promise<void> {
  await sleep(1);
  return workflows.verifyWorkflow(input);
}

export async function spaceWorkflow(input: SpaceInput): Promise<void> {
  await sleep(1);
  return workflows.spaceWorkflow(input);
}

export async function operationWorkflow(
  input: OperationInput,
): ReturnType<typeof workflows.operationWorkflow> {
  await sleep(1);
  return workflows.operationWorkflow(input);
}

export async function housekeepingWorkflow(): ReturnType<typeof workflows.housekeepingWorkflow> {
  await sleep(1);
  return workflows.housekeepingWorkflow();
}

export async function watchWorkflow(input: WatchInput): Promise<void> {
  await sleep(1);
  return workflows.watchWorkflow(input);
}
