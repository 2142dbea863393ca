import { useQueryClient } from '@tanstack/react-query';
import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { useLive } from '../../../api/live.ts';
import { spaceLists } from '../../../parts/knowledge/space-queries.ts';
import {
  operationQuery,
  operationsQuery,
  troublesQuery,
  type Operation,
} from './operation-queries.ts';

/** Follows an operation until it has ended, wherever it is shown. */
export function useOperationNews({ space, id, state }: Operation): void {
  const client = useQueryClient();
  useLive(hasEnded(state) ? null : `operation/${space}/${id}`, (event, data) => {
    if (event !== 'status') return;
    const now = data as Operation;
    client.setQueryData(operationQuery(space, id).queryKey, now);
    client.setQueryData(
      operationsQuery(space).queryKey,
      (before) =>
        before && { ...before, items: before.items.map((one) => (one.id === id ? now : one)) },
    );
    if (!hasEnded(now.state)) return;
    void client.invalidateQueries(troublesQuery(space, id));
    void client.invalidateQueries({ queryKey: spaceLists(space) });
  });
}
