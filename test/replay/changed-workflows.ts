import { sleep } from '@temporalio/workflow';
import * as workflows from '../../workflows/index.ts';
import type { CatchUpInput, MirrorInput, VerifyInput } from '../../workflows/messages.ts';

/*
 * The workflows as a careless change would leave them: one more timer at the start. No recorded
 * history may replay on them.
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
