import { Box, Stack, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { ProblemError } from '../../../api/problem-error.ts';
import { PageLoading } from '../../../parts/page-loading.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { texts } from '../../../texts/index.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { lineageSearch, type LineageSearch } from '../mirror-search.ts';
import { LineageControls } from './lineage-controls.tsx';
import { GoneObject, NoLineage } from './lineage-empty.tsx';
import { LineageList } from './lineage-list.tsx';
import classes from './lineage.module.css';
import { LineageNotices } from './lineage-notices.tsx';
import { lineageQuery, usualDepth, type Lineage } from './lineage-query.ts';
import { graphOf } from './lineage-steps.ts';
import { useMirrorOf } from './mirror-of.ts';
import { NodePanel } from './node-panel.tsx';
import { usePictureLayout } from './picture/use-picture-layout.ts';

const route = getRouteApi('/signed-in/mirrors/$project/$branch/lineage');
const words = texts.lineage;
const narrow = '(max-width: 48em)';
const loadPicture = () => import('./picture/lineage-picture.tsx');
// What draws is large, and the list needs none of it.
const LineagePicture = lazy(async () => ({ default: (await loadPicture()).LineagePicture }));
// Where the picture is what one sees first, it is read while the lineage is; if that fails, it is read again.
if (!matchMedia(narrow).matches) loadPicture().catch(() => undefined);

/** The lineage that an address asks for, and what changes what is shown of it. */
export function LineageView({ path, search }: { path: MirrorPath; search: LineageSearch }) {
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(lineageQuery(path, search));
  const { depth = usualDepth } = search;
  const change = (changed: Partial<Record<keyof LineageSearch, unknown>>, replace = false) =>
    void navigate({
      search: lineageSearch({ ...search, ...changed }),
      replace,
      resetScroll: false,
    });
  if (data === undefined) {
    const isGone = error instanceof ProblemError && error.code === 'object_not_found';
    if (isGone) return <GoneObject path={path}>{error.message}</GoneObject>;
    return <PageProblem error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Stack>
      <LineageControls shown={search} onChange={change} />
      <LineageNotices
        lineage={data}
        depth={depth}
        onDeeper={() => change({ depth: Math.min(depth + 1, 10) })}
      />
      <Box aria-busy={isPlaceholderData} className={isPlaceholderData ? classes.waits : undefined}>
        {data.edges.length === 0 ? (
          <NoLineage
            direction={search.direction ?? 'both'}
            onBoth={() => change({ direction: undefined })}
          />
        ) : (
          <Views path={path} search={search} lineage={data} change={change} />
        )}
      </Box>
    </Stack>
  );
}

function Views({
  path,
  search,
  lineage,
  change,
}: {
  path: MirrorPath;
  search: LineageSearch;
  lineage: Lineage;
  change: (changed: Partial<Record<keyof LineageSearch, unknown>>, replace: boolean) => void;
}) {
  const isNarrow = useMediaQuery(narrow, undefined, {
    getInitialValueInEffect: false,
  });
  const views = isNarrow ? (['list', 'picture'] as const) : (['picture', 'list'] as const);
  const view = search.view ?? views[0];
  const graph = useMemo(() => graphOf(lineage), [lineage]);
  const mirrorOf = useMirrorOf(path, lineage.nodes);
  const node = graph.nodes.get(search.node ?? lineage.start) ?? graph.nodes.get(lineage.start);
  const onSelect = (id: string) => change({ node: id }, true);
  const { commit, start } = lineage;
  const layout = usePictureLayout(
    lineage,
    // Of what is shown: the address may ask for another one already.
    [path, commit, start, lineage.asked],
    view === 'picture',
  );
  return (
    <Tabs value={view} onChange={(value) => change({ view: value }, true)} keepMounted={false}>
      <Tabs.List aria-label={words.views} mb="md">
        {views.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {words[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="list">
        <LineageList {...{ graph, start, mirrorOf }} shown={search} />
      </Tabs.Panel>
      <Tabs.Panel value="picture">
        <div className={classes.beside}>
          <Suspense fallback={<PageLoading />}>
            <LineagePicture {...{ lineage, layout, onSelect }} selected={node?.id ?? start} />
          </Suspense>
          {node && (
            <NodePanel
              {...{ node, graph, mirrorOf, onSelect }}
              shown={search}
              isStart={node.id === start}
            />
          )}
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}
