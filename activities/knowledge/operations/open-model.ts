import type { Operation } from '../../../db/knowledge/operations.ts';
import { findModelOfCheck } from '../../../db/knowledge/prompts/checks.ts';
import { findSpace, spaceChecksOf } from '../../../db/knowledge/spaces.ts';
import { SealError } from '../../../db/sealing.ts';
import { openCredential } from '../../../db/streams/credentials.ts';
import type { Model, ModelAnswer } from '../../../hosts/models/types.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { OperationDependencies } from './operation-run.ts';

/**
 * The model of a run with its key, by the settings as they are now: whoever switches it off, or names another one, stops what is sent to
 * this one. Then, and if its key must not be sent there, the result is why nothing can be asked.
 */
export async function openModel(
  { db, sealer }: Pick<OperationDependencies, 'db' | 'sealer'>,
  { id, spaceId }: Pick<Operation, 'id' | 'spaceId'>,
): Promise<Model | Extract<ModelAnswer, { kind: 'error' }>> {
  const space = await findSpace(db, spaceId);
  const settings = space?.endedAt === null ? spaceChecksOf(space) : null;
  if (settings === null) return error('The space has no model for checks any more.');
  const { address, model: name, credentialId, timeout } = settings;
  const begun = await findModelOfCheck(db, id);
  if (begun?.model !== name || begun.origin !== new URL(address).origin)
    return error('The space has another model for checks than when this run began: run the examples again.'); // prettier-ignore
  try {
    const opened = credentialId === null ? null : await openCredential(db, sealer, credentialId, address); // prettier-ignore
    return { address, name, key: opened?.password ?? null, timeout: timeout * 1_000 };
  } catch (failure) {
    if (failure instanceof StreamFailure || failure instanceof SealError) return error(failure.message); // prettier-ignore
    throw failure;
  }
}

function error(reason: string): Extract<ModelAnswer, { kind: 'error' }> {
  return { kind: 'error', reason, isForAll: true };
}
