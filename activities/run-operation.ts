import type { OperationActivities } from './contract.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** See `OperationActivities.runOperation`. */
export function runOperation(
  { db }: ActivityDependencies,
  { operationId }: Parameters<OperationActivities['runOperation']>[0],
): ReturnType<OperationActivities['runOperation']> {
  throw new Error(`Not built yet: ${operationId} ${String(db)}`);
}

/** See `OperationActivities.endOperation`. */
export function endOperation(
  { db }: ActivityDependencies,
  { operationId }: Parameters<OperationActivities['endOperation']>[0],
): Promise<void> {
  throw new Error(`Not built yet: ${operationId} ${String(db)}`);
}
