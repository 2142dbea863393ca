import { Button, Text } from '@mantine/core';
import { IconBinaryTree } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { LineageNode } from '../../../../model/mirror/reading/lineage-graph.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { texts } from '../../../texts/index.ts';
import { MirrorHeader } from '../mirror-header.tsx';
import type { MirrorPath } from '../mirror-queries.ts';
import type { LineageSearch } from '../mirror-search.ts';
import { lineageQuery } from './lineage-query.ts';
import { LineageView } from './lineage-view.tsx';
import { PageLink } from './node-links.tsx';
import { nodeWords } from './node-words.ts';
import { startOf } from './start-of.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/lineage');
const words = texts.lineage;

/** What feeds a table, a bucket or a configuration of a mirror, and what it feeds, also in other projects. */
export function LineagePage() {
  const path = route.useParams();
  const search = route.useSearch();
  const start = startOf(search);
  if (start !== null) return <StartedPage {...{ path, search, start }} />;
  return (
    <>
      <MirrorHeader path={path} title={words.none} />
      <EmptyState icon={<IconBinaryTree size={40} aria-hidden />} title={words.noStartTitle}>
        <Text c="dimmed">{words.noStart}</Text>
        <Button
          variant="light"
          renderRoot={(props) => (
            <Link {...props} to="/mirrors/$project/$branch/contents" params={path} />
          )}
        >
          {words.toContents}
        </Button>
      </EmptyState>
    </>
  );
}

function StartedPage({
  path,
  search,
  start,
}: {
  path: MirrorPath;
  search: LineageSearch;
  start: LineageNode;
}) {
  // The answer knows the folder of a configuration, which the address does not.
  const { data } = useQuery(lineageQuery(path, search));
  const known = data?.nodes.find(({ id }) => id === start.id) ?? start;
  const { name } = nodeWords(known);
  const id = start.tableId ?? start.bucketId ?? `${start.componentId} ${start.configurationId}`;
  return (
    <>
      <MirrorHeader
        path={path}
        title={words.title(name)}
        detail={
          <PageLink node={start} mirror={path}>
            {`${words.kinds[start.kind]} ${id}`}
          </PageLink>
        }
      />
      <LineageView {...{ path, search }} />
    </>
  );
}
