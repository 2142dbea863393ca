import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Trx } from '../../../db/connect.ts';
import { insertItems, type NewItem } from '../../../db/knowledge/operation-items.ts';
import {
  findOperation,
  insertOperation,
  type NewOperation,
  type Operation,
} from '../../../db/knowledge/operations.ts';
import type { OperationSettings, OperationType } from '../../../model/knowledge/operation.ts';
import { audited } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { signalOperation } from '../../streams/signals.ts';
import { personOf, type SpaceAccess } from '../spaces/space-access.ts';

/**
 * Stores an operation with its items and starts it; if Temporal is unavailable, the relay starts it
 * later.
 */
export async function startOperation(
  deps: ApiDeps,
  request: FastifyRequest,
  access: SpaceAccess,
  asked: {
    type: OperationType;
    dryRun: boolean;
    settings: OperationSettings;
    items: NewItem[];
    /** What else is stored with it. */
    also?: (trx: Trx, id: string) => Promise<void>;
  },
): Promise<Operation> {
  const caller = callerOf(request);
  const { items, also, ...what } = asked;
  const operation: NewOperation = {
    ...what,
    id: randomUUID(),
    spaceId: access.row.id,
    person: personOf(caller),
    by: caller,
  };
  const { id } = operation;
  const row = await audited(
    deps.db,
    request,
    async (transaction) => {
      const stored = await insertOperation(transaction, operation);
      await also?.(transaction, id);
      if (items.length === 0) return stored;
      await insertItems(transaction, id, items);
      return (await findOperation(transaction, id)) ?? stored;
    },
    () => ({
      action: `space.${what.type}`,
      target: `space/${access.row.id}`,
      detail: { operation: id, dryRun: what.dryRun, items: items.length },
    }),
  );
  await signalOperation(request.log, `start operation ${id}`, () => deps.spaces.runOperation(id));
  return row;
}
