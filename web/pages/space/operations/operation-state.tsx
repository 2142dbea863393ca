import { Badge, Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { api, dataOf } from '../../../api/client.ts';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import badge from '../../../parts/streams/state-badge.module.css';
import { operationQuery, operationsQuery, type Operation } from './operation-queries.ts';
import { outcomeWords } from './outcome-words.ts';

const { operations: words } = texts;

const colors: Record<Operation['state'], string> = {
  waiting: 'blue',
  running: 'blue',
  done: 'teal',
  failed: 'red',
  cancelled: 'gray',
};

/** The state of an operation, as a word. One that is done may still have items that somebody has to look at. */
export function OperationBadge({ operation: { state, errors } }: { operation: Operation }) {
  const color = state === 'done' && errors.length > 0 ? 'orange' : colors[state];
  return (
    <Badge color={color} variant="light" radius="sm" tt="none" classNames={{ label: badge.label }}>
      {words.states[state]}
    </Badge>
  );
}

/** How far an operation has got, or what became of it. */
export function OperationProgress({ operation }: { operation: Operation }) {
  const { state, percent, done, total, current, failure } = operation;
  if (hasEnded(state)) {
    const outcomes = outcomeWords(operation);
    return (
      <>
        {failure !== null && <Text size="sm">{failure.message}</Text>}
        {outcomes.length > 0 && <Text size="sm">{`${outcomes.join(', ')}.`}</Text>}
        {outcomes.length === 0 && failure === null && state === 'done' && (
          <Text size="sm">{words.nothingToDo}</Text>
        )}
      </>
    );
  }
  const isSending = total > 0 && done === total;
  return (
    <>
      <Progress
        my={4}
        value={percent}
        animated={total === 0}
        aria-label={words.types[operation.type]}
      />
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" lineClamp={1}>
          {isSending ? words.sending : current === null ? words.states[state] : words.now(current)}
        </Text>
        {total > 0 && (
          <Text size="xs" c="dimmed">
            {words.progress(done, total)}
          </Text>
        )}
      </Group>
    </>
  );
}

/** Stops an operation that goes on; what it has done stays. */
export function StopOperation({
  operation: { space, id, state },
}: {
  operation: Pick<Operation, 'space' | 'id' | 'state'>;
}) {
  const client = useQueryClient();
  const { mayAny } = useRights(space);
  const stop = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/spaces/{space}/operations/{operation}/actions/cancel', {
          params: { path: { space, operation: id } },
        }),
      ),
    onSuccess: (now) => {
      client.setQueryData(operationQuery(space, id).queryKey, now);
      void client.invalidateQueries(operationsQuery(space));
    },
  });
  if (hasEnded(state) || !mayAny('editor')) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={stop.isPending}
        onClick={() => stop.mutate()}
      >
        {words.stop}
      </Button>
      {stop.error && <ProblemAlert error={stop.error} />}
    </>
  );
}
