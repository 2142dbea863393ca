import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { entryPath } from '../../../parts/knowledge/paths.ts';
import { spaceQuery } from '../../../parts/knowledge/space-queries.ts';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { PagedList } from '../../../parts/paged-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { DownloadTroubles } from './download-troubles.tsx';
import { operationQuery, troublesQuery, type Operation } from './operation-queries.ts';
import { OperationBadge, OperationProgress, StopOperation } from './operation-state.tsx';
import { useOperationNews } from './use-operation.ts';

const route = getRouteApi('/signed-in/spaces/$space/operations/$operation');
const { operations: words } = texts;

/** What was done to a whole space, how far it has got, and each item that somebody has to look at. */
export function OperationPage() {
  const { space, operation: id } = route.useParams();
  const { data: operation, error, refetch } = useQuery(operationQuery(space, id));
  if (operation === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  return <OperationView operation={operation} />;
}

function OperationView({ operation }: { operation: Operation }) {
  useOperationNews(operation);
  const { space: id, type, dryRun, by, startedAt, endedAt, state, failure } = operation;
  const { data: space } = useQuery(spaceQuery(id));
  const name = words.types[type];
  return (
    <>
      <PageHeader
        title={dryRun ? `${name}, ${words.dryRun}` : name}
        badge={<OperationBadge operation={operation} />}
        detail={space?.name ?? id}
        actions={<StopOperation operation={operation} />}
      />
      <Stack>
        {failure !== null && (
          <Alert color="red" title={words.states.failed} role="alert">
            {failure.message}
          </Alert>
        )}
        <Card title={words.result}>
          <Stack gap="sm">
            <div role="status">
              <OperationProgress
                operation={failure === null ? operation : { ...operation, failure: null }}
              />
            </div>
            <Facts
              facts={[
                [words.startedBy, by],
                [words.began, <Time key="began" at={startedAt} />],
                [words.ended, endedAt && <Time key="ended" at={endedAt} />],
              ]}
            />
          </Stack>
        </Card>
        {hasEnded(state) && <Troubles operation={operation} />}
      </Stack>
    </>
  );
}

function Troubles({ operation: { space, id } }: { operation: Operation }) {
  const query = useInfiniteQuery(troublesQuery(space, id));
  return (
    <Card
      title={words.troubles}
      aside={
        query.data?.pages.some(({ items }) => items.length > 0) && (
          <DownloadTroubles space={space} operation={id} />
        )
      }
    >
      <PagedList
        query={query}
        keyOf={({ name, place, entryId, message }) =>
          `${place ?? ''} ${name} ${entryId ?? ''} ${message ?? ''}`
        }
        empty={words.noTroubles}
        label={words.troubles}
      >
        {({ name, entryId, message }) => (
          <>
            {entryId === null ? (
              <Text size="sm" fw={500}>
                {name}
              </Text>
            ) : (
              <Anchor
                size="sm"
                fw={500}
                renderRoot={(root) => <Link {...root} to={entryPath(space, entryId)} />}
              >
                {name}
              </Anchor>
            )}
            {message !== null && <Text size="sm">{message}</Text>}
          </>
        )}
      </PagedList>
    </Card>
  );
}
