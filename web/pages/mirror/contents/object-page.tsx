import { Badge, Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { IconBinaryTree, IconPlayerPlay } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { StaleNotice } from '../stale-notice.tsx';
import { objectQuery, versionsQuery } from './contents-queries.ts';
import { Comparison } from './comparison.tsx';
import { Files } from './files.tsx';
import { objectIdOf, objectKindOf } from '../../../parts/streams/object-search-of.ts';
import { LastChange } from './last-change.tsx';
import { Neighbours } from './neighbours.tsx';
import { TableColumns } from './table-columns.tsx';
import { TableSample } from './table-sample.tsx';
import { Versions } from './versions.tsx';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/object');
const { contents: words } = texts;

/** A configuration, row, table or bucket: what it is now, and who changed it when. */
export function ObjectPage() {
  const path = route.useParams();
  const { from, to, ...object } = route.useSearch();
  const id = objectIdOf(object);
  if (id === null)
    return (
      <EmptyState title={words.noObject} order={1}>
        {words.noObjectHint}
        <Button
          variant="light"
          renderRoot={(props) => (
            <Link to="/mirrors/$project/$branch/contents" params={path} {...props} />
          )}
        >
          {words.toContents}
        </Button>
      </EmptyState>
    );
  const compared = from !== undefined && to !== undefined ? { from, to } : null;
  return <ObjectView object={object} id={id} compared={compared} />;
}

function ObjectView({
  object,
  id,
  compared,
}: {
  object: ObjectSearch;
  id: string;
  compared: { from: string; to: string } | null;
}) {
  const path = route.useParams();
  const kind = objectKindOf(object);
  // The history knows also what is there no more.
  const { data: history, error, refetch } = useInfiniteQuery(versionsQuery(path, object));
  const { data: item } = useQuery({ ...objectQuery(path, object), enabled: kind !== 'bucket' });
  const first = history?.pages[0];
  if (first === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const [newest, before] = first.items;
  const owner = [object.component, kind === 'row' ? object.configuration : undefined, id];
  return (
    <>
      <MirrorHeader
        path={path}
        title={item?.name ?? id}
        badge={
          <Group gap="xs">
            <Badge variant="light" color="gray" tt="none">
              {words.kind[kind]}
            </Badge>
            {item?.isDisabled === true && (
              <Badge variant="light" color="yellow" tt="none">
                {words.disabled}
              </Badge>
            )}
            {first.path === null && (
              <Badge variant="light" color="red" tt="none">
                {words.removed}
              </Badge>
            )}
          </Group>
        }
        detail={owner.filter((part) => part !== undefined).join(' / ')}
        actions={<Ways object={object} />}
      />
      <StaleNotice stale={first.stale} />
      <Stack>
        {compared !== null ? (
          <Comparison path={path} object={object} {...compared} />
        ) : (
          newest !== undefined &&
          before !== undefined && (
            <LastChange {...{ path, object }} version={newest} before={before.commit} />
          )
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Stack>
            {kind === 'table' && first.path !== null && (
              <TableColumns path={path} file={first.path} />
            )}
            {object.table !== undefined && first.path !== null && (
              <TableSample path={path} table={object.table} />
            )}
            <Files path={path} at={first.path} />
          </Stack>
          <Stack>
            <Versions path={path} object={object} />
            {first.path !== null && <Neighbours path={path} object={object} />}
          </Stack>
        </SimpleGrid>
      </Stack>
    </>
  );
}

/** What else there is about an object. */
function Ways({ object }: { object: ObjectSearch }) {
  const path = route.useParams();
  const { component, configuration } = object;
  // The lineage of a row is that of its configuration.
  const start = { ...object, row: undefined };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconBinaryTree size={16} aria-hidden />}
        renderRoot={(props) => (
          <Link to="/mirrors/$project/$branch/lineage" params={path} search={start} {...props} />
        )}
      >
        {words.itsLineage}
      </Button>
      {component !== undefined && configuration !== undefined && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          renderRoot={(props) => (
            <Link
              to="/mirrors/$project/$branch/runs"
              params={path}
              search={{ component, configuration, period: 'all' }}
              {...props}
            />
          )}
        >
          {words.itsRuns}
        </Button>
      )}
    </>
  );
}
