import { Anchor, Button, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  hasEnded,
  itemOutcomes,
  troubledOutcomes,
  type ItemOutcome,
} from '../../../model/knowledge/operation.ts';
import { Card } from '../../parts/card.tsx';
import { entryPath, spacePath } from '../../parts/knowledge/paths.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { operationQuery, type Operation } from '../space/operations/operation-queries.ts';
import {
  OperationBadge,
  OperationProgress,
  StopOperation,
} from '../space/operations/operation-state.tsx';
import { useOperationNews } from '../space/operations/use-operation.ts';
import { firstItemsQuery } from './import-queries.ts';

const { imports: words, operations } = texts;

/** An import that is only tried: how far it has got, what would become of the items, and the button that does it. */
export function TriedImport({
  tried,
  isStarting,
  onStart,
  onAgain,
}: {
  /** As it was when it began. */
  tried: Operation;
  isStarting: boolean;
  onStart: () => void;
  /** After it was stopped or has failed. */
  onAgain: () => void;
}) {
  const { space, id } = tried;
  const { data: operation } = useQuery({
    ...operationQuery(space, id),
    initialData: tried,
    staleTime: Infinity,
  });
  useOperationNews(operation);
  const { state, counts } = operation;
  const change = (counts.would_create ?? 0) + (counts.would_change ?? 0);
  const outcomes = [
    ...troubledOutcomes,
    ...itemOutcomes.filter((one) => !troubledOutcomes.some((trouble) => trouble === one)),
  ].filter((outcome) => (counts[outcome] ?? 0) > 0);
  return (
    <Card
      title={words.resultTitle}
      aside={
        <Group gap="xs">
          <StopOperation operation={operation} />
          <OperationBadge operation={operation} />
        </Group>
      }
    >
      <Stack>
        <div role="status">
          <OperationProgress operation={operation} />
        </div>
        {hasEnded(state) &&
          outcomes.map((outcome) => (
            <FirstItems key={outcome} operation={operation} outcome={outcome} />
          ))}
        {(state === 'failed' || state === 'cancelled') && (
          <Group>
            <Button variant="default" onClick={onAgain}>
              {words.again}
            </Button>
          </Group>
        )}
        {state === 'done' && change === 0 && (counts.failed ?? 0) === 0 && (
          <Text size="sm">{words.nothingWould}</Text>
        )}
        {state === 'done' && change > 0 && (
          <Group gap="sm">
            <Button loading={isStarting} onClick={onStart}>
              {words.start(change)}
            </Button>
            <Text size="sm" c="dimmed">
              {words.startHint}
            </Text>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function FirstItems({ operation, outcome }: { operation: Operation; outcome: ItemOutcome }) {
  const { space, id, counts } = operation;
  const count = counts[outcome] ?? 0;
  const { data: items, error, refetch } = useQuery(firstItemsQuery(space, id, outcome));
  const isTrouble = troubledOutcomes.some((one) => one === outcome);
  // What would be new has no page yet.
  const hasPage = outcome !== 'would_create' && !isTrouble;
  return (
    <section>
      <Title order={3} size="h5">
        {operations.outcomes[outcome](count)}
      </Title>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {items === undefined && error === null && <Skeleton h={18} mt={4} />}
      {items !== undefined && count > items.length && (
        <Text size="sm" c="dimmed">
          {words.first(items.length)}
        </Text>
      )}
      <List size="sm">
        {items?.map(({ name, place, entryId, message }) => (
          <List.Item key={`${place ?? ''} ${name}`}>
            {hasPage && entryId !== null ? (
              <Anchor
                size="sm"
                renderRoot={(root) => <Link {...root} to={entryPath(space, entryId)} />}
              >
                {name}
              </Anchor>
            ) : (
              name
            )}
            {message !== null && `: ${message}`}
          </List.Item>
        ))}
      </List>
      {isTrouble && (
        <Anchor
          size="sm"
          renderRoot={(root) => <Link {...root} to={spacePath(space, 'operations', id)} />}
        >
          {words.allErrors}
        </Anchor>
      )}
    </section>
  );
}
